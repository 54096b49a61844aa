namespace Baton.Server.Features.Stashes.Versions;

/// <summary>The commit that dropped a version: its ledger entry, which is known by its salted commitment.</summary>
internal readonly record struct DroppedBy(long Seq, byte[] Commitment);
