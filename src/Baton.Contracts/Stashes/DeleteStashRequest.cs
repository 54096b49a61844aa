namespace Baton.Contracts.Stashes;

/// <summary>
/// Deletes a stash and erases all its versions. The ledger keeps that they were there, not what they held.
/// </summary>
public sealed record DeleteStashRequest : StashRequest;
