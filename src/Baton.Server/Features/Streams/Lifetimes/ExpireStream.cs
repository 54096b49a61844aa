using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Lane.RowSets;

namespace Baton.Server.Features.Streams.Lifetimes;

/// <summary>Ends a stream whose time is over: `stream.expire`, by the actor `system`.</summary>
internal sealed class ExpireStream(DueRow item, StreamWriter writer) : DueOperation(item)
{
    public const string Kind = "stream.expire";

    public override string Resource => Stream.ResourceOf(Item.Resource);

    StreamKey Key => new(Item.WorkspaceId, Item.Resource);

    public override void Reads(ReadSet reads)
    {
        if (reads.Find(StreamRow.Table, Key) is { } row)
            reads.Add(StreamNameRow.Table, new StreamNameKey(row.WorkspaceId, row.Name));
    }

    protected override void Happen(UnitOfWork work)
    {
        var row = work.Get(StreamRow.Table, Key);
        if (row?.Life.ExpireAt == Item.DueAt) writer.End(work, this, row);
    }
}
