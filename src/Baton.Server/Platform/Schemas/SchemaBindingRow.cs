using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Platform.Schemas;

internal readonly record struct SchemaBindingKey(string WorkspaceId, string SchemaId, string Resource);

/// <summary>
/// The fact that a thing uses a schema. Until the thing expires (the greatest time: never), the schema cannot be
/// deleted.
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
