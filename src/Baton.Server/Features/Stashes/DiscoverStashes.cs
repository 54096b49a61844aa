using System.Data.Common;
using Baton.Contracts;
using Baton.Contracts.Discovery;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Features.Stashes;

/// <summary>The stashes that discovery shows.</summary>
internal static class DiscoverStashes
{
    /// <summary>Rows that one request looks at, when its filter leaves most of them out.</summary>
    const int MaxScanned = 10_000;

    /// <summary>A page of discoverable stashes after a name.</summary>
    public static ValueTask<Page<DiscoveryItem>> ReadAsync(
        DiscoveryQuery query, string cursor, int limit, CancellationToken cancellation) =>
        query.Caller.Reads.ReadAsync((query, cursor, limit), ReadPageAsync, cancellation);

    static async ValueTask<Page<DiscoveryItem>> ReadPageAsync(
        ReadSession session, (DiscoveryQuery Query, string Cursor, int Limit) page, CancellationToken cancellation)
    {
        var (items, next) = await RowScan.PageAsync(
            page.Cursor, page.Limit, MaxScanned, (cursor, count) => Select(session, page.Query, cursor, count),
            reader =>
            {
                var row = StashRow.Table.Read(reader);
                return (row.Name, IsWanted(page.Query, row) ? ToItem(page.Query, row) : null);
            }, cancellation);
        return new Page<DiscoveryItem>(items, next);
    }

    /// <summary>By an index that holds the discoverable ones only.</summary>
    static DbCommand Select(ReadSession session, DiscoveryQuery query, string cursor, long count) =>
        session.Command(
            """
            SELECT workspace_id, name, version, history, size, content_type, digest, created_at, created_by, updated_at,
                   updated_by, expires_at, deleted_at, schema_id, discoverable, created_seq, updated_seq
            FROM stash
            WHERE workspace_id = @workspace_id AND name > @cursor AND discoverable = 1
            ORDER BY name LIMIT @limit
            """,
            ("@workspace_id", query.Caller.WorkspaceId), ("@cursor", cursor), ("@limit", count));

    static bool IsWanted(DiscoveryQuery query, StashRow row) =>
        row.IsLive(query.Now) && query.Wants(row.Name) && query.MaySee(row.Resource);

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
