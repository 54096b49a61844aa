namespace Baton.Contracts.Stashes;

/// <summary>One step: the target was made from the source.</summary>
/// <param name="Source">A node's id.</param>
/// <param name="Target">A node's id.</param>
public sealed record LineageEdge(string Source, string Target);
