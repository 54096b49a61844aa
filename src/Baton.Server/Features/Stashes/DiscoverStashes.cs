using System.Data.Common;
using Baton.Contracts;
using Baton.Contracts.Discovery;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Reading.Discovery;
using Baton.Server.Platform.Reading.Pages;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Features.Stashes;

/// <summary>The stashes that discovery shows.</summary>
internal static class DiscoverStashes
{
    const int BytesPerItem = 2000;

    /// <summary>A page of discoverable stashes after a name.</summary>
    public static async ValueTask<Page<DiscoveryItem>> ReadAsync(DiscoveryQuery query, string after, int limit)
    {
        var scan = new PageScan<StashRow>
        {
            Select = (session, place, count) => Select(session, query.Caller.WorkspaceId, place, count),
            Read = StashRow.Table.Read,
            PlaceOf = row => row.Name,
            ResourceOf = row => row.Resource,
            IsLive = row => row.IsLive(query.Now),
            Wants = row => query.Wants(row.Name),
            SizeOf = _ => BytesPerItem,
        };
        var found = await scan.ReadAsync(query.Caller, query.Action, after, limit);
        return found.ToPage(row => ToItem(query, row));
    }

    /// <summary>By an index that holds the discoverable ones only.</summary>
    static DbCommand Select(ReadSession session, string workspaceId, string place, long count) =>
        session.Command(
            """
            SELECT workspace_id, name, version, history, size, content_type, digest, created_at, created_by, updated_at,
                   updated_by, expires_at, deleted_at, schema_id, discoverable, created_seq, updated_seq
            FROM stash
            WHERE workspace_id = @workspace_id AND name > @after AND discoverable = 1
            ORDER BY name LIMIT @limit
            """,
            ("@workspace_id", workspaceId), ("@after", place), ("@limit", count));

    static DiscoveryItem ToItem(DiscoveryQuery query, StashRow row) => new()
    {
        Type = StashType.Name,
        Name = row.Name,
        Version = row.Version,
        ContentType = row.ContentType,
        SchemaId = row.Schema?.ShownTo(query.Caller.Actor),
        CreatedAt = Micros.ToTime(row.CreatedAt),
        CreatedBy = row.CreatedBy,
        UpdatedAt = Micros.ToTime(row.UpdatedAt),
        ExpiresAt = Micros.ToTime(row.ExpiresAt),
    };
}
