using System.Globalization;
using Baton.Server.Features.Streams.Cursors;
using Baton.Server.Features.Streams.Entries;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Features.Streams.Lifetimes;

/// <summary>
/// Erases entries that nobody can read any more, a step at a time, and a deleted stream itself when it has no entries
/// left. Not in the ledger: the operation that has hidden them is.
/// </summary>
internal sealed class EraseEntries(DueRow item, StreamWriter writer) : DueOperation(item)
{
    public const string Kind = "stream.erase";

    // It is found anew whenever the lane decides.
    long _bytes;
    readonly List<string> _consumers = [];

    public override string Resource => Stream.ResourceOf(Item.Resource);

    public override Weight Weight => new(Bytes: 0, Rows: StreamOptions.EraseStepCount);

    StreamKey Key => new(Item.WorkspaceId, Item.Resource);

    public override void Reads(ReadSet reads)
    {
        reads.Add(StreamRow.Table, Key);
        reads.Query(QueryAsync);
    }

    async ValueTask QueryAsync(ReadSession session, long now)
    {
        _bytes = 0;
        _consumers.Clear();
        var sum = session.Command(
            """
            SELECT coalesce(sum(length(e.data)), 0) FROM stream s
            JOIN stream_entry e ON e.workspace_id = s.workspace_id AND e.stream_id = s.stream_id
            WHERE s.workspace_id = @workspace_id AND s.stream_id = @stream_id
                AND e.entry_id >= s.stored_from AND e.entry_id < s.first_entry AND e.entry_id < s.stored_from + @step
            """,
            ("@workspace_id", Key.WorkspaceId), ("@stream_id", Key.StreamId),
            ("@step", (long)StreamOptions.EraseStepCount));
        _bytes = Convert.ToInt64(await sum.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        var cursors = session.Command(
            """
            SELECT consumer FROM stream_cursor
            WHERE workspace_id = @workspace_id AND stream_id = @stream_id ORDER BY consumer LIMIT @limit
            """,
            ("@workspace_id", Key.WorkspaceId), ("@stream_id", Key.StreamId),
            ("@limit", (long)StreamOptions.MaxConsumers));
        await using var reader = await cursors.ExecuteReaderAsync();
        while (await reader.ReadAsync()) _consumers.Add(reader.GetString(0));
    }

    protected override void Happen(UnitOfWork work)
    {
        if (work.Get(StreamRow.Table, Key) is not { } row || row.EraseAt != Item.DueAt) return;
        var to = Math.Min(row.FirstEntry, row.StoredFrom + StreamOptions.EraseStepCount);
        for (var entry = row.StoredFrom; entry < to; entry++)
            work.Delete(StreamEntryRow.Table, new StreamEntryKey(row.WorkspaceId, row.StreamId, entry));
        work.AddBytes(-_bytes - ((to - row.StoredFrom) * StreamOptions.EntryOverheadBytes));
        if (row.DeletedAt is not null && to == row.FirstEntry)
        {
            foreach (var consumer in _consumers)
                work.Delete(StreamCursorRow.Table, new StreamCursorKey(row.WorkspaceId, row.StreamId, consumer));
            work.Delete(StreamRow.Table, Key);
            return;
        }

        var left = row with { StoredFrom = to, EraseAt = to < row.FirstEntry ? work.Now : null };
        writer.Put(work, row with { EraseAt = null }, left);
    }
}
