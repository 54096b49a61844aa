using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Schemas.Registry;

/// <summary>The definition of a registered version, exactly as it was sent.</summary>
internal sealed record SchemaDefinitionRow
{
    public required string WorkspaceId { get; init; }

    public required string SchemaId { get; init; }

    public required byte[] Definition { get; init; }

    public required byte[] Salt { get; init; }

    /// <summary>As <see cref="SchemaPins.ToText"/> writes them.</summary>
    public required string Pins { get; init; }

    public static readonly Table<SchemaKey, SchemaDefinitionRow> Table = new()
    {
        Name = "schema_definition",
        Key =
        [
            Column.Text<SchemaKey>("workspace_id", key => key.WorkspaceId),
            Column.Text<SchemaKey>("schema_id", key => key.SchemaId),
        ],
        Columns =
        [
            Column.Text<SchemaDefinitionRow>("workspace_id", row => row.WorkspaceId),
            Column.Text<SchemaDefinitionRow>("schema_id", row => row.SchemaId),
            Column.Bytes<SchemaDefinitionRow>("definition", row => row.Definition),
            Column.Bytes<SchemaDefinitionRow>("salt", row => row.Salt),
            Column.Text<SchemaDefinitionRow>("pins", row => row.Pins),
        ],
        KeyOf = row => new SchemaKey(row.WorkspaceId, row.SchemaId),
        Read = r => new SchemaDefinitionRow
        {
            WorkspaceId = r.GetString(0),
            SchemaId = r.GetString(1),
            Definition = r.Bytes(2),
            Salt = r.Bytes(3),
            Pins = r.GetString(4),
        },
        Weight = row => 200 + row.Definition.Length + (2 * row.Pins.Length),
        IsImmutable = true,
    };
}
