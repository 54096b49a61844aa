namespace Baton.Contracts.Stashes;

/// <summary>What was made from what.</summary>
/// <param name="Nodes">Every thing and version met within `depth` steps.</param>
/// <param name="Edges">From a source to what was made of it.</param>
/// <param name="Truncated">More was there than the depth or the limit of 1 000 nodes shows.</param>
public sealed record Lineage(IReadOnlyList<LineageNode> Nodes, IReadOnlyList<LineageEdge> Edges, bool Truncated);
