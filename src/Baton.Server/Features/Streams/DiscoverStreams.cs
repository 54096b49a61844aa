using Baton.Contracts;
using Baton.Contracts.Discovery;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Features.Streams;

/// <summary>The streams that discovery shows.</summary>
internal static class DiscoverStreams
{
    public const string Label = "label";

    public const string LinkedTo = "linked_to";

    /// <summary>Rows that one request looks at, when its filters leave most of them out.</summary>
    const int MaxScanned = 10_000;

    /// <summary>
    /// A page of discoverable streams after a cursor, `name/str_…`: for a moment two can have one name, of which one
    /// has expired.
    /// </summary>
    public static ValueTask<Page<DiscoveryItem>> ReadAsync(
        DiscoveryQuery query, string cursor, int limit, CancellationToken cancellation) =>
        query.Caller.Reads.ReadSnapshotAsync((query, cursor, limit), ReadPageAsync, cancellation);

    static async ValueTask<Page<DiscoveryItem>> ReadPageAsync(
        ReadSession session, (DiscoveryQuery Query, string Cursor, int Limit) page, CancellationToken cancellation)
    {
        var (query, cursor, limit) = page;
        var items = new List<DiscoveryItem>();
        // Steps as those of RowScan: what is wanted of a row is asked for when its step was read to the end.
        for (var (scanned, step) = (0, limit + 1); scanned < MaxScanned; step = Math.Min(step * 4, RowScan.MaxStep))
        {
            var count = Math.Min(step, MaxScanned - scanned);
            var rows = await ReadRowsAsync(session, query, cursor, count, cancellation);
            foreach (var row in rows)
            {
                // One more than the page holds: only then is there a next page.
                if (items.Count == limit) return new Page<DiscoveryItem>(items, cursor);
                if (await IsWantedAsync(session, query, row, cancellation)) items.Add(ToItem(query, row));
                cursor = CursorOf(row);
            }

            if (rows.Count < count) return new Page<DiscoveryItem>(items, NextCursor: null);
            scanned += count;
        }

        return new Page<DiscoveryItem>(items, cursor);
    }

    static async ValueTask<List<StreamRow>> ReadRowsAsync(
        ReadSession session, DiscoveryQuery query, string cursor, int count, CancellationToken cancellation)
    {
        var slash = cursor.IndexOf('/', StringComparison.Ordinal);
        // By an index that holds the discoverable ones only.
        var command = session.Command(
            """
            SELECT workspace_id, stream_id, name, version, ttl_seconds, discoverable, max_entries, is_pruning,
                   retention_seconds, renews_on_access, schema_id, linked_stash, created_at, created_by, expires_at,
                   deleted_at, first_entry, last_entry, stored_from, consumers, retain_at, erase_at, created_seq,
                   updated_seq
            FROM stream
            WHERE workspace_id = @workspace_id AND name >= @name AND (name > @name OR stream_id > @stream_id)
                AND discoverable = 1 AND deleted_at IS NULL
            ORDER BY name, stream_id LIMIT @limit
            """,
            ("@workspace_id", query.Caller.WorkspaceId), ("@name", slash < 0 ? cursor : cursor[..slash]),
            ("@stream_id", slash < 0 ? "" : cursor[(slash + 1)..]), ("@limit", (long)count));
        var rows = new List<StreamRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) rows.Add(StreamRow.Table.Read(reader));
        return rows;
    }

    static async ValueTask<bool> IsWantedAsync(
        ReadSession session, DiscoveryQuery query, StreamRow row, CancellationToken cancellation)
    {
        var filters = query.Filters;
        if (!row.IsLive(query.Now) || !query.Wants(row.Name) || !query.MaySee(row.Resource)) return false;
        if (filters.TryGetValue(LinkedTo, out var stash) && stash != row.LinkedStash) return false;
        return !filters.TryGetValue(Label, out var label)
            || await StreamFinder.HasLabelAsync(session, row, label, query.Now, cancellation);
    }

    static string CursorOf(StreamRow row) => $"{row.Name}/{row.StreamId}";

    static DiscoveryItem ToItem(DiscoveryQuery query, StreamRow row) => new()
    {
        Type = StreamType.Name,
        Name = row.Name,
        Id = row.StreamId,
        SchemaId = row.Schema?.ShownTo(query.Caller.Actor),
        LinkedStash = row.LinkedStash,
        CreatedAt = Micros.ToTime(row.CreatedAt),
        CreatedBy = row.CreatedBy,
        ExpiresAt = Micros.ToTime(row.ExpiresAt),
    };
}
