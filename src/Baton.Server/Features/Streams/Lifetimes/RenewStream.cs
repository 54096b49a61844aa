using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;

namespace Baton.Server.Features.Streams.Lifetimes;

/// <summary>Gives a stream its whole ttl again. Operational: not in the ledger.</summary>
internal sealed class RenewStream(StreamKey key, StreamWriter writer) : Operation
{
    public override string Name => "stream.renew";

    public override string Resource => Stream.ResourceOf(key.StreamId);

    public override void Reads(ReadSet reads) => reads.Add(StreamRow.Table, key);

    public override Decision Decide(UnitOfWork work)
    {
        if (work.Get(StreamRow.Table, key) is { } row && row.IsLive(work.Now) && row.RenewAt <= work.Now)
            writer.Put(work, row, StreamWriter.Renew(row, work.Now));
        return new Effect(Answer: null);
    }
}
