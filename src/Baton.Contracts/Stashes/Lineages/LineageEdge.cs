namespace Baton.Contracts.Stashes;

/// <summary>One step of a lineage: the target was made from the source.</summary>
/// <param name="Source">The id of the node that is the source.</param>
/// <param name="Target">The id of the node that was made from it.</param>
public sealed record LineageEdge(string Source, string Target);
