using Baton.Contracts.Ledger;
using Baton.Server.Platform.Commits;

namespace Baton.Tests.Platform.Feed;

/// <summary>Entries of one history: the hash of each is made of its seq.</summary>
internal static class FeedEntries
{
    public static FeedEntry Of(long seq, string action, string resource) => new(
        new LedgerEntry
        {
            WorkspaceId = "ws",
            Seq = seq,
            CommitSeq = seq,
            At = 0,
            AgentId = null,
            KeyId = "key",
            Action = action,
            Resource = resource,
            Version = null,
            Outcome = "ok",
            Detail = null,
            Commitment = null,
            TraceId = null,
        },
        previousHash: HashOf(seq - 1),
        hash: HashOf(seq));

    /// <summary>That of 0 is the genesis.</summary>
    public static byte[] HashOf(long seq)
    {
        var hash = new byte[LedgerEncoding.Genesis.Length];
        BitConverter.TryWriteBytes(hash, seq);
        return hash;
    }
}
