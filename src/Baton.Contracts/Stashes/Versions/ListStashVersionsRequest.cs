namespace Baton.Contracts.Stashes;

/// <summary>Lists the kept versions of a stash, newest first.</summary>
public sealed record ListStashVersionsRequest : StashReadRequest;
