namespace Baton.Contracts.Stashes;

/// <summary>One version of a thing.</summary>
/// <param name="Id">`stash:name@3`: unique in the graph.</param>
/// <param name="Resource">`stash:name`.</param>
/// <param name="Version">The version.</param>
/// <param name="By">Who wrote it; null where only its place in the graph is still known.</param>
/// <param name="Model">The model named by its writer; null for none.</param>
/// <param name="At">When it was written; null where only its place in the graph is still known.</param>
public sealed record LineageNode(
    string Id, string Resource, long Version, string? By, string? Model, DateTimeOffset? At);
