using Baton.Server.Platform.Access;
using Baton.Server.Platform.Schemas;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Schemas.Registry;

internal readonly record struct SchemaKey(string WorkspaceId, string SchemaId);

/// <summary>One registered version of a schema, without its definition. Never changes.</summary>
internal sealed record SchemaRow
{
    public required string WorkspaceId { get; init; }

    public required string SchemaId { get; init; }

    /// <summary>Whose private schema it is; empty for a public one.</summary>
    public required string Owner { get; init; }

    public required string Name { get; init; }

    public required long Version { get; init; }

    public required string? Description { get; init; }

    /// <summary>What it is for: <see cref="SchemaTargets"/>.</summary>
    public required string TargetType { get; init; }

    public required string Compatibility { get; init; }

    /// <summary>Bytes of the definition.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the definition in canonical form: equal for equal JSON.</summary>
    public required byte[] Digest { get; init; }

    /// <summary>The absolute `$id` of the definition; empty for none.</summary>
    public required string Uri { get; init; }

    public required long CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public required long CreatedSeq { get; init; }

    public SchemaKey Key => new(WorkspaceId, SchemaId);

    public BoundSchema Bound => new(SchemaId, Owner);

    public string Resource => PrivateResource.Of(SchemaType.Name, SchemaId, Owner);

    public static readonly Table<SchemaKey, SchemaRow> Table = new()
    {
        Name = "schema_version",
        Key =
        [
            Column.Text<SchemaKey>("workspace_id", key => key.WorkspaceId),
            Column.Text<SchemaKey>("schema_id", key => key.SchemaId),
        ],
        Columns =
        [
            Column.Text<SchemaRow>("workspace_id", row => row.WorkspaceId),
            Column.Text<SchemaRow>("schema_id", row => row.SchemaId),
            Column.Text<SchemaRow>("owner", row => row.Owner),
            Column.Text<SchemaRow>("name", row => row.Name),
            Column.Integer<SchemaRow>("version", row => row.Version),
            Column.Text<SchemaRow>("description", row => row.Description),
            Column.Text<SchemaRow>("target_type", row => row.TargetType),
            Column.Text<SchemaRow>("compatibility", row => row.Compatibility),
            Column.Integer<SchemaRow>("size", row => row.Size),
            Column.Bytes<SchemaRow>("digest", row => row.Digest),
            Column.Text<SchemaRow>("uri", row => row.Uri),
            Column.Integer<SchemaRow>("created_at", row => row.CreatedAt),
            Column.Text<SchemaRow>("created_by", row => row.CreatedBy),
            Column.Integer<SchemaRow>("created_seq", row => row.CreatedSeq),
        ],
        KeyOf = row => row.Key,
        Read = r => new SchemaRow
        {
            WorkspaceId = r.GetString(0),
            SchemaId = r.GetString(1),
            Owner = r.GetString(2),
            Name = r.GetString(3),
            Version = r.GetInt64(4),
            Description = r.TextOrNull(5),
            TargetType = r.GetString(6),
            Compatibility = r.GetString(7),
            Size = r.GetInt64(8),
            Digest = r.Bytes(9),
            Uri = r.GetString(10),
            CreatedAt = r.GetInt64(11),
            CreatedBy = r.GetString(12),
            CreatedSeq = r.GetInt64(13),
        },
        Weight = row => 500 + (2 * (row.Name.Length + (row.Description?.Length ?? 0) + row.Uri.Length)),
    };
}
