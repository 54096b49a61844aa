using Baton.Contracts.Ledger;
using FsCheck.Fluent;

namespace Baton.Tests.Contracts.Ledger;

public sealed class LedgerVerifierTests
{
    const int Count = 20;

    [Fact]
    public void Check_OfAnIntactChain_FindsNothing() => Assert.Empty(Find(Chain()));

    [Fact]
    public void Check_OfAChainThatLacksOne_NamesTheNext() => Laws.Hold(Gen.Choose(0, Count - 2), index =>
    {
        var chain = Chain();
        chain.RemoveAt(index);
        Assert.Equal((index + 2, "missing"), Find(chain)[0]);
    });

    [Fact]
    public void Check_OfAChainWithOneByteChanged_NamesThatEntry() => Laws.Hold(
        from index in Gen.Choose(0, Count - 1)
        from place in Gen.Choose(0, 10_000)
        from flip in Gen.Choose(1, 255)
        from inHash in Gen.Elements(true, false)
        select (index, place, flip, inHash), damage =>
    {
        var chain = Chain();
        var bytes = damage.inHash ? chain[damage.index].Hash : chain[damage.index].Body;
        bytes[damage.place % bytes.Length] ^= (byte)damage.flip;
        var first = Find(chain)[0];
        Assert.Equal(damage.index + 1, first.Seq);
        Assert.Contains(first.Reason, new[] { "hash_mismatch", "malformed" });
    });

    [Fact]
    public void Check_OfAnEntryOfAnotherPlace_IsMalformed()
    {
        var body = Body(seq: 2, commitSeq: 2);
        var verifier = new LedgerVerifier("ws_1", after: 0, LedgerEncoding.Genesis);
        Assert.Equal("malformed", verifier.Check(1, body, LedgerEncoding.Hash(body, LedgerEncoding.Genesis)));
        body = Body(seq: 1, commitSeq: 1);
        verifier = new LedgerVerifier("ws_2", after: 0, LedgerEncoding.Genesis);
        Assert.Equal("malformed", verifier.Check(1, body, LedgerEncoding.Hash(body, LedgerEncoding.Genesis)));
        body = Body(seq: 5, commitSeq: 4);
        verifier = new LedgerVerifier("ws_1", after: 4, LedgerEncoding.Genesis);
        Assert.Equal("malformed", verifier.Check(5, body, LedgerEncoding.Hash(body, LedgerEncoding.Genesis)));
    }

    [Fact]
    public void Check_OfAnEntryBefore_IsOutOfOrder()
    {
        var body = Body(seq: 3, commitSeq: 3);
        var verifier = new LedgerVerifier("ws_1", after: 5, LedgerEncoding.Genesis);
        Assert.Equal("out_of_order", verifier.Check(3, body, LedgerEncoding.Hash(body, LedgerEncoding.Genesis)));
    }

    static List<(long Seq, string Reason)> Find(List<(long Seq, byte[] Body, byte[] Hash)> chain)
    {
        var verifier = new LedgerVerifier("ws_1", after: 0, LedgerEncoding.Genesis);
        var found = new List<(long, string)>();
        foreach (var (seq, body, hash) in chain)
        {
            if (verifier.Check(seq, body, hash) is { } reason) found.Add((seq, reason));
        }

        Assert.Equal(chain.Count, verifier.Checked);
        return found;
    }

    static List<(long Seq, byte[] Body, byte[] Hash)> Chain()
    {
        var chain = new List<(long, byte[], byte[])>();
        var hash = LedgerEncoding.Genesis;
        for (var seq = 1; seq <= Count; seq++)
        {
            var body = Body(seq, seq);
            hash = LedgerEncoding.Hash(body, hash);
            chain.Add((seq, body, hash));
        }

        return chain;
    }

    static byte[] Body(long seq, long commitSeq) => LedgerEncoding.EncodeBody(new LedgerEntry
    {
        WorkspaceId = "ws_1",
        Seq = seq,
        CommitSeq = commitSeq,
        At = seq,
        AgentId = null,
        KeyId = "key_1",
        Action = "stash.put",
        Resource = "stash:a",
        Version = seq,
        Outcome = "ok",
        Detail = null,
        Commitment = null,
        TraceId = null,
    });
}
