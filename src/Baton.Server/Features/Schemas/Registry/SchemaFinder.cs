using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Schemas;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Features.Schemas.Registry;

/// <summary>Finds schemas by id, name and URI. Safe for concurrent use.</summary>
internal sealed class SchemaFinder(SchemaRegistry registry, RowReaders readers, IDatabase database)
{
    /// <summary>How often a name is looked up again if its newest version is deleted while it is read.</summary>
    const int MaxAttempts = 3;

    readonly Rows<SchemaNameKey, SchemaNameRow> _names = readers.Of(SchemaNameRow.Table);

    /// <summary>
    /// The schema with an id, or the newest version of a name, of the actor's own private schema first. Null if the
    /// actor may not see it.
    /// </summary>
    public async ValueTask<SchemaRow?> FindAsync(
        Actor actor, string action, string idOrName, CancellationToken cancellation)
    {
        if (SchemaIds.IsId(idOrName)) return await registry.FindAsync(actor, action, idOrName, cancellation);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var name = await FindNameAsync(actor, idOrName, cancellation);
            if (name is null) return null;
            var found = await registry.FindAsync(actor, action, name.NewestId, cancellation);
            if (found is not null) return found;
        }

        return null;
    }

    /// <summary>The name as the actor means it: its own private one, or else the public one.</summary>
    public async ValueTask<SchemaNameRow?> FindNameAsync(Actor actor, string name, CancellationToken cancellation) =>
        await FindNameAsync(actor.WorkspaceId, name, actor.Name, cancellation)
        ?? await FindNameAsync(actor.WorkspaceId, name, owner: "", cancellation);

    /// <summary>The name, if it has any versions.</summary>
    public async ValueTask<SchemaNameRow?> FindNameAsync(
        string workspaceId, string name, string owner, CancellationToken cancellation)
    {
        var row = await _names.GetAsync(new SchemaNameKey(workspaceId, name, owner), cancellation);
        return row is { NewestId.Length: > 0 } ? row : null;
    }

    /// <summary>The versions of a name that exist, newest first.</summary>
    public ValueTask<List<SchemaRow>> ReadVersionsAsync(SchemaNameKey name, CancellationToken cancellation) =>
        database.ReadAsync(name, static async (session, key, token) =>
        {
            var command = session.Command(
                """
                SELECT workspace_id, schema_id, owner, name, version, description, target_type, compatibility, size,
                       digest, uri, created_at, created_by, created_seq
                FROM schema_version
                WHERE workspace_id = @workspace_id AND owner = @owner AND name = @name
                ORDER BY version DESC LIMIT @limit
                """,
                ("@workspace_id", key.WorkspaceId), ("@owner", key.Owner), ("@name", key.Name),
                ("@limit", (long)SchemaOptions.MaxVersions));
            return await ReadAllAsync(command, token);
        }, cancellation);

    /// <summary>
    /// The schema with this absolute `$id`, the newest one; of this owner (empty: nobody's) or public, in this order.
    /// </summary>
    public async ValueTask<SchemaRow?> FindByUriAsync(
        string workspaceId, string uri, string owner, CancellationToken cancellation)
    {
        var found = await database.ReadAsync((workspaceId, uri, owner), static async (session, key, token) =>
        {
            var command = session.Command(
                """
                SELECT workspace_id, schema_id, owner, name, version, description, target_type, compatibility, size,
                       digest, uri, created_at, created_by, created_seq
                FROM schema_version
                WHERE workspace_id = @workspace_id AND uri = @uri AND uri <> '' AND (owner = '' OR owner = @owner)
                ORDER BY owner DESC, created_seq DESC LIMIT 1
                """,
                ("@workspace_id", key.workspaceId), ("@uri", key.uri), ("@owner", key.owner));
            return await ReadAllAsync(command, token);
        }, cancellation);
        return found.Count == 0 ? null : found[0];
    }

    static async ValueTask<List<SchemaRow>> ReadAllAsync(
        System.Data.Common.DbCommand command, CancellationToken cancellation)
    {
        var rows = new List<SchemaRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) rows.Add(SchemaRow.Table.Read(reader));
        return rows;
    }
}
