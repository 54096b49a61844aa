using System.Data.Common;
using Baton.Contracts;
using Baton.Contracts.Discovery;
using Baton.Server.Features.Schemas.Registry;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Features.Schemas;

/// <summary>The newest versions of all names that are there for somebody, by name and then by owner.</summary>
internal static class SchemaCatalogue
{
    /// <summary>Names that one request looks at, when its filter leaves most of them out.</summary>
    const int MaxScanned = 10_000;

    /// <summary>A page after a cursor (empty: from the first on), and the next cursor; null at the end.</summary>
    public static ValueTask<(List<SchemaRow> Rows, string? Next)> ReadAsync(
        SchemaSearch search, string cursor, int limit, CancellationToken cancellation) =>
        search.Caller.Reads.ReadAsync((search, cursor, limit), ReadPageAsync, cancellation);

    /// <summary>For discovery.</summary>
    public static async ValueTask<Page<DiscoveryItem>> DiscoverAsync(
        DiscoveryQuery query, string cursor, int limit, CancellationToken cancellation)
    {
        var search = new SchemaSearch(query.Caller, query.Action, row => query.Wants(row.Name, row.Description));
        var (rows, next) = await ReadAsync(search, cursor, limit, cancellation);
        return new Page<DiscoveryItem>([.. rows.Select(ToItem)], next);
    }

    public static string CursorOf(SchemaRow row) => row.Owner.Length == 0 ? row.Name : $"{row.Name}/{row.Owner}";

    static ValueTask<(List<SchemaRow> Rows, string? Next)> ReadPageAsync(
        ReadSession session, (SchemaSearch Search, string Cursor, int Limit) page, CancellationToken cancellation)
    {
        var search = page.Search;
        return RowScan.PageAsync(
            page.Cursor, page.Limit, MaxScanned, (cursor, count) => Select(session, search.Caller.Actor, cursor, count),
            reader =>
            {
                var row = SchemaRow.Table.Read(reader);
                var isThere = search.Caller.MaySee(search.Action, row.Resource);
                return (CursorOf(row), isThere && search.Wants(row) ? row : null);
            }, cancellation);
    }

    /// <summary>What is private to others is left out here already: a cursor must not name it.</summary>
    static DbCommand Select(ReadSession session, Actor actor, string cursor, long count)
    {
        var slash = cursor.IndexOf('/', StringComparison.Ordinal);
        var (name, owner) = slash < 0 ? (cursor, "") : (cursor[..slash], cursor[(slash + 1)..]);
        return session.Command(
            """
            SELECT v.workspace_id, v.schema_id, v.owner, v.name, v.version, v.description, v.target_type,
                   v.compatibility, v.size, v.digest, v.uri, v.created_at, v.created_by, v.created_seq
            FROM schema_name n
            JOIN schema_version v ON v.workspace_id = n.workspace_id AND v.schema_id = n.newest_id
            WHERE n.workspace_id = @workspace_id AND (n.name, n.owner) > (@name, @owner)
                AND (n.owner = '' OR n.owner = @self OR @all = 1)
            ORDER BY n.name, n.owner LIMIT @limit
            """,
            ("@workspace_id", actor.WorkspaceId), ("@name", name), ("@owner", owner), ("@self", actor.Name),
            ("@all", actor.Role >= Role.Admin ? 1L : 0L), ("@limit", count));
    }

    static DiscoveryItem ToItem(SchemaRow row) => new()
    {
        Type = SchemaType.Name,
        Name = row.Name,
        Id = row.SchemaId,
        Description = row.Description,
        Version = row.Version,
        TargetType = row.TargetType,
        CreatedAt = Micros.ToTime(row.CreatedAt),
        CreatedBy = row.CreatedBy,
    };
}
