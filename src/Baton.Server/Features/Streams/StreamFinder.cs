using System.Data.Common;
using Baton.Server.Features.Streams.Cursors;
using Baton.Server.Features.Streams.Entries;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Reading.Pages;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Features.Streams;

/// <summary>Reads of streams and their entries. Safe for concurrent use.</summary>
internal sealed class StreamFinder(IDatabase database, RowReaders readers, LaneClock clock)
{
    /// <summary>The bytes after which a page of entries ends, as any page does.</summary>
    const int MaxPageBytes = PageBounds.MaxBytes;

    /// <summary>The entries that are read at first, before it is known how large they are.</summary>
    const int FirstStep = 32;

    readonly Rows<StreamKey, StreamRow> _streams = readers.Of(StreamRow.Table);
    readonly Rows<StreamNameKey, StreamNameRow> _names = readers.Of(StreamNameRow.Table);
    readonly Rows<StreamCursorKey, StreamCursorRow> _cursors = readers.Of(StreamCursorRow.Table);

    /// <summary>The stream with an id or a name, if it is live.</summary>
    public async ValueTask<StreamRow?> FindAsync(string workspaceId, string id, CancellationToken cancellation)
    {
        if (!StreamRef.IsId(id))
        {
            if (await _names.GetAsync(new StreamNameKey(workspaceId, id), cancellation) is not { } name) return null;
            id = name.StreamId;
        }

        var row = await _streams.GetAsync(new StreamKey(workspaceId, id), cancellation);
        return row?.Life.IsLive(clock) == true ? row : null;
    }

    public ValueTask<StreamCursorRow?> FindCursorAsync(
        StreamRow stream, string consumer, CancellationToken cancellation) =>
        _cursors.GetAsync(new StreamCursorKey(stream.WorkspaceId, stream.StreamId, consumer), cancellation);

    /// <summary>A stream as a session sees it, live or not.</summary>
    public ValueTask<StreamRow?> SelectAsync(ReadSession session, StreamKey key, CancellationToken cancellation) =>
        _streams.SelectAsync(session, key, cancellation);

    /// <summary>One page of a stream: the stream and its entries as of the same commit.</summary>
    public ValueTask<StreamSlice?> ReadAsync(StreamQuery query, CancellationToken cancellation) =>
        database.ReadSnapshotAsync((this, query, clock.Now()), static async (session, read, token) =>
        {
            var (finder, query, now) = read;
            if (await finder.SelectAsync(session, query.Key, token) is not { } row || !row.IsLive(now)) return null;
            var first = await FirstLiveAsync(session, row, now, token);
            var place = query.Place.Resolve(row, first);
            if (place.Failure is { } failure) return new StreamSlice(row, place.Value, After: 0, [], failure);
            if (query.IsNewest)
            {
                var newest = await SelectNewestAsync(session, query, first, token);
                return new StreamSlice(row, place.Value, row.LastEntry, newest, Failure: null);
            }

            var entries = place.Value < row.LastEntry ? await SelectAsync(session, query, place.Value, token) : [];
            // A page that is not full has looked at all there is.
            var isFull = entries.Count == query.Limit || SizeOf(entries) >= MaxPageBytes;
            var reached = isFull ? entries[^1].EntryId : row.LastEntry;
            return new StreamSlice(row, place.Value, reached, entries, Failure: null);
        }, cancellation);

    /// <summary>
    /// The oldest entry whose time is not over; if there is none, the id that the next entry will have.
    /// </summary>
    public static async ValueTask<long> FirstLiveAsync(
        ReadSession session, StreamRow row, long now, CancellationToken cancellation)
    {
        if (row.Cutoff(now) is not { } cutoff) return row.FirstEntry;
        // The times of entries never decrease, so the first one is found by bisection. Mostly it is the very first
        // entry.
        var (from, to) = (row.FirstEntry, row.LastEntry + 1);
        for (var probe = from; from < to; probe = from + ((to - from) / 2))
        {
            if (await CreatedAtAsync(session, row.Key, probe, cancellation) > cutoff) to = probe;
            else from = probe + 1;
        }

        return from;
    }

    /// <summary>When an entry came; null when it is not stored.</summary>
    public static async ValueTask<long?> CreatedAtAsync(
        ReadSession session, StreamKey key, long entryId, CancellationToken cancellation)
    {
        var command = session.Command(
            """
            SELECT created_at FROM stream_entry
            WHERE workspace_id = @workspace_id AND stream_id = @stream_id AND entry_id = @entry_id
            """,
            ("@workspace_id", key.WorkspaceId), ("@stream_id", key.StreamId), ("@entry_id", entryId));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? reader.GetInt64(0) : null;
    }

    /// <summary>Whether a stream has an entry with a label.</summary>
    public static async ValueTask<bool> HasLabelAsync(
        ReadSession session, StreamRow row, string label, long now, CancellationToken cancellation)
    {
        var first = await FirstLiveAsync(session, row, now, cancellation);
        var query = new StreamQuery(row.Key, StreamPlace.Beginning, label, Limit: 1);
        return (await SelectNewestAsync(session, query, first, cancellation)).Count > 0;
    }

    /// <summary>
    /// Reads the entries of a page in steps: PostgreSQL sends all rows of a statement, even if the page is full of
    /// bytes before its end.
    /// </summary>
    static async ValueTask<List<StreamEntryRow>> SelectAsync(
        ReadSession session, StreamQuery query, long after, CancellationToken cancellation)
    {
        var entries = new List<StreamEntryRow>();
        var bytes = 0L;
        while (entries.Count < query.Limit && bytes < MaxPageBytes)
        {
            // The next step reads as many entries as there is room for, if they are as large as those before.
            var step = entries.Count == 0 ? FirstStep : (MaxPageBytes - bytes) / (bytes / entries.Count) + 1;
            step = Math.Min(step, query.Limit - entries.Count);
            var before = entries.Count;
            await using var reader =
                await Select(session, query, after, step).ExecuteReaderAsync(cancellation);
            while (bytes < MaxPageBytes && await reader.ReadAsync(cancellation))
            {
                var entry = StreamEntryRow.Table.Read(reader);
                entries.Add(entry);
                bytes += SizeOf(entry);
                after = entry.EntryId;
            }

            if (entries.Count - before < step) break;
        }

        return entries;
    }

    static DbCommand Select(ReadSession session, StreamQuery query, long after, long count) =>
        query.Label is null
            ? session.Command(
                """
                SELECT workspace_id, stream_id, entry_id, seq, created_at, created_by, label, salt, data
                FROM stream_entry
                WHERE workspace_id = @workspace_id AND stream_id = @stream_id AND entry_id > @after
                ORDER BY entry_id LIMIT @limit
                """,
                ("@workspace_id", query.Key.WorkspaceId), ("@stream_id", query.Key.StreamId), ("@after", after),
                ("@limit", count))
            : session.Command(
                """
                SELECT workspace_id, stream_id, entry_id, seq, created_at, created_by, label, salt, data
                FROM stream_entry
                WHERE workspace_id = @workspace_id AND stream_id = @stream_id AND label = @label AND entry_id > @after
                ORDER BY entry_id LIMIT @limit
                """,
                ("@workspace_id", query.Key.WorkspaceId), ("@stream_id", query.Key.StreamId), ("@label", query.Label),
                ("@after", after), ("@limit", count));

    static async ValueTask<List<StreamEntryRow>> SelectNewestAsync(
        ReadSession session, StreamQuery query, long first, CancellationToken cancellation)
    {
        var command = query.Label is null
            ? session.Command(
                """
                SELECT workspace_id, stream_id, entry_id, seq, created_at, created_by, label, salt, data
                FROM stream_entry
                WHERE workspace_id = @workspace_id AND stream_id = @stream_id AND entry_id >= @first
                ORDER BY entry_id DESC LIMIT 1
                """,
                ("@workspace_id", query.Key.WorkspaceId), ("@stream_id", query.Key.StreamId), ("@first", first))
            : session.Command(
                """
                SELECT workspace_id, stream_id, entry_id, seq, created_at, created_by, label, salt, data
                FROM stream_entry
                WHERE workspace_id = @workspace_id AND stream_id = @stream_id AND label = @label AND entry_id >= @first
                ORDER BY entry_id DESC LIMIT 1
                """,
                ("@workspace_id", query.Key.WorkspaceId), ("@stream_id", query.Key.StreamId), ("@label", query.Label),
                ("@first", first));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? [StreamEntryRow.Table.Read(reader)] : [];
    }

    static long SizeOf(List<StreamEntryRow> entries) => entries.Sum(SizeOf);

    static long SizeOf(StreamEntryRow entry) => entry.Data.Length + StreamOptions.EntryOverheadBytes;
}
