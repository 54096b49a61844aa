using System.Data.Common;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Pages;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Features.Schemas.Registry;

/// <summary>
/// Looks for schemas: the newest versions of all names that exist for the caller, by name and then by owner.
/// </summary>
/// <param name="Caller">Who looks.</param>
/// <param name="Action">The action, for the access filter.</param>
/// <param name="Wants">Which of them are wanted.</param>
/// <param name="SizeOf">The bytes that one takes of a page.</param>
internal sealed record SchemaSearch(
    Caller Caller, string Action, Func<SchemaRow, bool> Wants, Func<SchemaRow, long> SizeOf)
{
    /// <summary>A page after a place (empty: from the first on).</summary>
    public ValueTask<ScannedPage<SchemaRow>> ReadAsync(string after, int limit)
    {
        var scan = new PageScan<SchemaRow>
        {
            Select = (session, place, count) => Select(session, Caller.Actor, place, count),
            Read = SchemaRow.Table.Read,
            PlaceOf = row => row.Owner.Length == 0 ? row.Name : $"{row.Name}/{row.Owner}",
            ResourceOf = row => row.Resource,
            IsLive = _ => true,
            Wants = Wants,
            SizeOf = SizeOf,
        };
        return scan.ReadAsync(Caller, Action, after, limit);
    }

    /// <summary>Private schemas of others are left out here already, because a cursor must not name them.</summary>
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
}
