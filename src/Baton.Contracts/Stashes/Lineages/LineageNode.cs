namespace Baton.Contracts.Stashes;

/// <summary>One version of a thing in a lineage.</summary>
/// <param name="Id">The resource with the version, `stash:name@3`, which is unique in the graph.</param>
/// <param name="Resource">The resource of the thing: `stash:name`.</param>
/// <param name="Version">The number of the version.</param>
/// <param name="By">
/// The agent or key that wrote it. Null: the version is no longer kept, and only its steps are still known.
/// </param>
/// <param name="Model">The model that its writer named. Null: none was named, or it is no longer known.</param>
/// <param name="At">
/// When it was written. Null: the version is no longer kept, and only its steps are still known.
/// </param>
public sealed record LineageNode(
    string Id, string Resource, long Version, string? By, string? Model, DateTimeOffset? At);
