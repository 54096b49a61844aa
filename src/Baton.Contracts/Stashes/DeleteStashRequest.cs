namespace Baton.Contracts.Stashes;

/// <summary>Deletes a stash and erases all its versions.</summary>
public sealed record DeleteStashRequest : StashRequest;
