using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Features.Streams.Lifetimes;

/// <summary>The time of a stream's oldest entries is over: `stream.retention`, by the actor `system`.</summary>
internal sealed class RetainStream(DueRow item, StreamWriter writer, StreamFinder finder) : DueOperation(item)
{
    public const string Kind = "stream.retention";

    // Found anew whenever the lane decides.
    long _first;
    long? _oldestAt;

    public override string Resource => Stream.ResourceOf(Item.Resource);

    StreamKey Key => new(Item.WorkspaceId, Item.Resource);

    public override void Reads(ReadSet reads)
    {
        reads.Add(StreamRow.Table, Key);
        reads.Query(QueryAsync);
    }

    async ValueTask QueryAsync(ReadSession session, long now)
    {
        (_first, _oldestAt) = (0, null);
        if (await finder.SelectAsync(session, Key, CancellationToken.None) is not { DeletedAt: null } row) return;
        _first = await StreamFinder.FirstLiveAsync(session, row, now, CancellationToken.None);
        if (_first <= row.LastEntry)
            _oldestAt = await StreamFinder.CreatedAtAsync(session, Key, _first, CancellationToken.None);
    }

    protected override void Happen(UnitOfWork work)
    {
        if (work.Get(StreamRow.Table, Key) is not { DeletedAt: null } row || row.RetainAt != Item.DueAt) return;
        var moved = StreamWriter.Retain(work, row, _first);
        // This item is off the queue already, and the next may be due at the same moment.
        writer.Put(work, row with { RetainAt = null }, moved with
        {
            RetainAt = _oldestAt is { } oldest ? StreamWriter.RetainAt(row, oldest, work.Now) : null,
        });
    }
}
