namespace Baton.Contracts.Stashes;

/// <summary>Which versions of things were made from which, as a graph.</summary>
/// <param name="Nodes">The versions that were found within `depth` steps, at most 1000.</param>
/// <param name="Edges">The steps from a source to what was made from it.</param>
/// <param name="Truncated">Whether there is more than the depth, or the most nodes, let the answer show.</param>
public sealed record Lineage(IReadOnlyList<LineageNode> Nodes, IReadOnlyList<LineageEdge> Edges, bool Truncated);
