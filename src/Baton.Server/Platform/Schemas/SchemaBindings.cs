using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Platform.Schemas;

internal readonly record struct SchemaBindingKey(string WorkspaceId, string SchemaId, string Resource);

/// <summary>
/// That a thing uses a schema: until the thing expires (the greatest time: never), the schema cannot be deleted.
/// </summary>
internal sealed record SchemaBindingRow(string WorkspaceId, string SchemaId, string Resource, long ExpiresAt)
{
    public static readonly Table<SchemaBindingKey, SchemaBindingRow> Table = new()
    {
        Name = "schema_binding",
        Key =
        [
            Column.Text<SchemaBindingKey>("workspace_id", key => key.WorkspaceId),
            Column.Text<SchemaBindingKey>("schema_id", key => key.SchemaId),
            Column.Text<SchemaBindingKey>("resource", key => key.Resource),
        ],
        Columns =
        [
            Column.Text<SchemaBindingRow>("workspace_id", row => row.WorkspaceId),
            Column.Text<SchemaBindingRow>("schema_id", row => row.SchemaId),
            Column.Text<SchemaBindingRow>("resource", row => row.Resource),
            Column.Integer<SchemaBindingRow>("expires_at", row => row.ExpiresAt),
        ],
        KeyOf = row => new SchemaBindingKey(row.WorkspaceId, row.SchemaId, row.Resource),
        Read = r => new SchemaBindingRow(r.GetString(0), r.GetString(1), r.GetString(2), r.GetInt64(3)),
    };
}

/// <summary>
/// What uses which schema. A feature calls <see cref="Set"/> in the same unit of work in which the thing's own row
/// changes its schema, its expiry, or ends: then the two never differ, and a schema that is used is never deleted.
/// </summary>
internal static class SchemaBindings
{
    /// <summary>Takes a thing's use of a schema from what it was to what it is.</summary>
    /// <param name="work">Where the change goes.</param>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="resource">The thing.</param>
    /// <param name="before">Of the row as it was; default where there was none.</param>
    /// <param name="after">Of the row as it is now; default where it ends.</param>
    public static void Set(
        UnitOfWork work, string workspaceId, string resource, SchemaUse before, SchemaUse after)
    {
        if (before == after) return;
        if (before.Schema is { } old && old.SchemaId != after.Schema?.SchemaId)
            work.Delete(SchemaBindingRow.Table, new SchemaBindingKey(workspaceId, old.SchemaId, resource));
        if (after.Schema is { } next)
            work.Put(SchemaBindingRow.Table, new SchemaBindingRow(
                workspaceId, next.SchemaId, resource, after.ExpiresAt ?? long.MaxValue));
    }
}

/// <summary>A thing's schema, and until when the thing lives.</summary>
/// <param name="Schema">Null: it is not bound.</param>
/// <param name="ExpiresAt">In microseconds since 1970-01-01 UTC; null for never.</param>
internal readonly record struct SchemaUse(BoundSchema? Schema, long? ExpiresAt);
