namespace Baton.Server.Platform.Storage;

/// <summary>What a batch locks against other servers on the same database, until its end.</summary>
/// <param name="WorkspaceIds">Workspaces, in an order that is the same everywhere.</param>
/// <param name="Names">Other things of which only one batch may decide at a time.</param>
internal readonly record struct LaneLocks(IReadOnlyCollection<string> WorkspaceIds, IReadOnlyCollection<string> Names);
