namespace Baton.Contracts.Stashes;

/// <summary>Appends to a stash, creating it if it is absent.</summary>
public sealed record AppendStashRequest : StashContentRequest;
