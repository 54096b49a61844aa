using Baton.Server.Platform.Commits.Lane.RowSets;

namespace Baton.Server.Platform.Commits.Sources;

/// <summary>How the things of a type can be sources: how they are read, and what their version is.</summary>
/// <param name="Read">Names the row of a thing in a workspace.</param>
/// <param name="Version">The version of that thing now, or null when it is not there.</param>
internal sealed record SourceKind(
    Action<ReadSet, string, string> Read, Func<UnitOfWork, string, string, long?> Version);
