using Baton.Contracts.Stashes;
using Baton.Server.Features.Stashes.Versions;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Schemas;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Stashes;

internal readonly record struct StashKey(string WorkspaceId, string Name);

/// <summary>
/// The newest version of a stash, without its content; or its tombstone, in which the version goes on.
/// </summary>
internal sealed record StashRow
{
    public required string WorkspaceId { get; init; }

    public required string Name { get; init; }

    public required long Version { get; init; }

    /// <summary>The places of its versions: see <see cref="StashHistory"/>.</summary>
    public required byte[] History { get; init; }

    public required long Size { get; init; }

    public required string ContentType { get; init; }

    public required byte[] Digest { get; init; }

    public required long CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public required long UpdatedAt { get; init; }

    public required string UpdatedBy { get; init; }

    public required long? ExpiresAt { get; init; }

    /// <summary>When it was deleted; null while it lives.</summary>
    public required long? DeletedAt { get; init; }

    /// <summary>The schema that it is bound to; null: none.</summary>
    public required BoundSchema? Schema { get; init; }

    public required bool Discoverable { get; init; }

    public required long CreatedSeq { get; init; }

    public required long UpdatedSeq { get; init; }

    public StashKey Key => new(WorkspaceId, Name);

    /// <summary>The row that holds the content of this version.</summary>
    public StashVersionKey ContentKey => new(WorkspaceId, UpdatedSeq);

    public string Resource => Stash.ResourceOf(Name);

    public Life Life => new(ExpiresAt, DeletedAt);

    /// <inheritdoc cref="Life.IsLive(long)"/>
    public bool IsLive(long now) => Life.IsLive(now);

    /// <summary>The schema that it uses, and until when; none, once it is deleted.</summary>
    public SchemaUse SchemaUse => new(Schema, Schema is null ? null : ExpiresAt);

    /// <summary>The wire record, as the actor may see it: a private schema is shown to its maker only.</summary>
    public StashInfo ToInfo(Actor actor) => new()
    {
        Name = Name,
        Version = Version,
        Size = Size,
        ContentType = ContentType,
        Digest = Stash.DigestText(Digest),
        CreatedAt = Micros.ToTime(CreatedAt),
        CreatedBy = CreatedBy,
        UpdatedAt = Micros.ToTime(UpdatedAt),
        UpdatedBy = UpdatedBy,
        ExpiresAt = Micros.ToTime(ExpiresAt),
        SchemaId = Schema?.ShownTo(actor),
        Discoverable = Discoverable,
        Seq = UpdatedSeq,
    };

    public static readonly Table<StashKey, StashRow> Table = new()
    {
        Name = "stash",
        Key =
        [
            Column.Text<StashKey>("workspace_id", key => key.WorkspaceId),
            Column.Text<StashKey>("name", key => key.Name),
        ],
        Columns =
        [
            Column.Text<StashRow>("workspace_id", row => row.WorkspaceId),
            Column.Text<StashRow>("name", row => row.Name),
            Column.Integer<StashRow>("version", row => row.Version),
            Column.Bytes<StashRow>("history", row => row.History),
            Column.Integer<StashRow>("size", row => row.Size),
            Column.Text<StashRow>("content_type", row => row.ContentType),
            Column.Bytes<StashRow>("digest", row => row.Digest),
            Column.Integer<StashRow>("created_at", row => row.CreatedAt),
            Column.Text<StashRow>("created_by", row => row.CreatedBy),
            Column.Integer<StashRow>("updated_at", row => row.UpdatedAt),
            Column.Text<StashRow>("updated_by", row => row.UpdatedBy),
            Column.Integer<StashRow>("expires_at", row => row.ExpiresAt),
            Column.Integer<StashRow>("deleted_at", row => row.DeletedAt),
            Column.Text<StashRow>("schema_id", row => row.Schema?.ToText()),
            Column.Integer<StashRow>("discoverable", row => row.Discoverable ? 1 : 0),
            Column.Integer<StashRow>("created_seq", row => row.CreatedSeq),
            Column.Integer<StashRow>("updated_seq", row => row.UpdatedSeq),
        ],
        KeyOf = row => row.Key,
        Read = r => new StashRow
        {
            WorkspaceId = r.GetString(0),
            Name = r.GetString(1),
            Version = r.GetInt64(2),
            History = r.Bytes(3),
            Size = r.GetInt64(4),
            ContentType = r.GetString(5),
            Digest = r.Bytes(6),
            CreatedAt = r.GetInt64(7),
            CreatedBy = r.GetString(8),
            UpdatedAt = r.GetInt64(9),
            UpdatedBy = r.GetString(10),
            ExpiresAt = r.IntegerOrNull(11),
            DeletedAt = r.IntegerOrNull(12),
            Schema = BoundSchema.Parse(r.TextOrNull(13)),
            Discoverable = r.GetInt64(14) != 0,
            CreatedSeq = r.GetInt64(15),
            UpdatedSeq = r.GetInt64(16),
        },
        Weight = row => 500 + row.Name.Length + row.ContentType.Length,
    };
}
