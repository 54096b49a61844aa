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
    /// <summary>What a discovered one has besides its description.</summary>
    const int BytesPerItem = 1000;

    /// <summary>A page after a place (empty: from the first on).</summary>
    public static ValueTask<ScannedPage<SchemaRow>> ReadAsync(SchemaSearch search, string after, int limit)
    {
        var scan = new PageScan<SchemaRow>
        {
            Select = (session, place, count) => Select(session, search.Caller.Actor, place, count),
            Read = SchemaRow.Table.Read,
            PlaceOf = row => row.Owner.Length == 0 ? row.Name : $"{row.Name}/{row.Owner}",
            ResourceOf = row => row.Resource,
            IsLive = _ => true,
            Wants = search.Wants,
            SizeOf = search.SizeOf,
        };
        return scan.ReadAsync(search.Caller, search.Action, after, limit);
    }

    /// <summary>For discovery.</summary>
    public static async ValueTask<Page<DiscoveryItem>> DiscoverAsync(DiscoveryQuery query, string after, int limit)
    {
        var found = await ReadAsync(
            new SchemaSearch(
                query.Caller, query.Action, row => query.Wants(row.Name, row.Description),
                // A description of controls has six bytes for each on the wire.
                row => BytesPerItem + (6L * (row.Description?.Length ?? 0))),
            after, limit);
        return found.ToPage(ToItem);
    }

    /// <summary>What is private to others is left out here already: a cursor must not name it.</summary>
    static DbCommand Select(ReadSession session, Actor actor, string place, long count)
    {
        var slash = place.IndexOf('/', StringComparison.Ordinal);
        var (name, owner) = slash < 0 ? (place, "") : (place[..slash], place[(slash + 1)..]);
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
