using System.Data.Common;
using Baton.Contracts;
using Baton.Contracts.Discovery;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Reading.Discovery;
using Baton.Server.Platform.Reading.Pages;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Features.Streams;

/// <summary>The streams that discovery shows.</summary>
internal static class DiscoverStreams
{
    public const string Label = "label";

    public const string LinkedTo = "linked_to";

    const int BytesPerItem = 2000;

    /// <summary>
    /// A page of discoverable streams after a place, `name/str_…`: for a moment two can have one name, of which one
    /// has expired.
    /// </summary>
    public static async ValueTask<Page<DiscoveryItem>> ReadAsync(DiscoveryQuery query, string after, int limit)
    {
        query.Filters.TryGetValue(LinkedTo, out var stash);
        query.Filters.TryGetValue(Label, out var label);
        var scan = new PageScan<StreamRow>
        {
            Select = (session, place, count) => Select(session, query.Caller.WorkspaceId, place, count),
            Read = StreamRow.Table.Read,
            PlaceOf = row => $"{row.Name}/{row.StreamId}",
            ResourceOf = row => row.Resource,
            IsLive = row => row.IsLive(query.Now),
            Wants = row => query.Wants(row.Name) && (stash is null || stash == row.LinkedStash),
            AlsoWants = label is null
                ? null
                : (session, row, token) => StreamFinder.HasLabelAsync(session, row, label, query.Now, token),
            SizeOf = _ => BytesPerItem,
        };
        var found = await query.Caller.Reads.ReadSnapshotAsync(
            scan,
            (session, _, token) => scan.ReadAsync(session, query.Caller, query.Action, after, limit, token),
            query.Caller.Aborted);
        return found.ToPage(row => ToItem(query, row));
    }

    /// <summary>By an index that holds the discoverable ones only.</summary>
    static DbCommand Select(ReadSession session, string workspaceId, string place, long count)
    {
        var slash = place.IndexOf('/', StringComparison.Ordinal);
        return session.Command(
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
            ("@workspace_id", workspaceId), ("@name", slash < 0 ? place : place[..slash]),
            ("@stream_id", slash < 0 ? "" : place[(slash + 1)..]), ("@limit", count));
    }

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
