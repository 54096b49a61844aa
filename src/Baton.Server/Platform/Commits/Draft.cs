namespace Baton.Server.Platform.Commits;

/// <summary>A ledger entry before it has its place in the chain.</summary>
internal readonly record struct Draft(
    string Action, string Resource, long? Version, string Outcome, byte[]? Detail, byte[]? Commitment);
