using System.Text;
using System.Text.Json;
using Baton.Contracts.Store;
using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Features.Store.Records.Lifetimes;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits.Lifetimes;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Store.Records;

internal readonly record struct RecordKey(string WorkspaceId, string Namespace, string Key)
{
    public string Resource => RecordSpace.ResourceOf(Namespace, Key);

    public NamespaceKey NamespaceKey => new(WorkspaceId, Namespace);

    /// <summary>The name of the record in the due-queue. Neither part can contain a line break.</summary>
    public string DueResource => Namespace + "\n" + Key;

    public static RecordKey FromDue(string workspaceId, string resource)
    {
        var end = resource.IndexOf('\n', StringComparison.Ordinal);
        return new RecordKey(workspaceId, resource[..end], resource[(end + 1)..]);
    }
}

/// <summary>A record; or its tombstone, from which the versions go on.</summary>
internal sealed record RecordRow
{
    public static readonly Lifetime Lifetime = new(ExpireRecord.Kind, PurgeRecord.Kind);

    public required string WorkspaceId { get; init; }

    /// <summary>The namespace as <see cref="RecordSpace.StoredNamespace"/> makes it.</summary>
    public required string Namespace { get; init; }

    public required string Key { get; init; }

    public required long Version { get; init; }

    /// <summary>The bytes of the value.</summary>
    public required long Size { get; init; }

    public required long CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public required long UpdatedAt { get; init; }

    public required string UpdatedBy { get; init; }

    public required long? ExpiresAt { get; init; }

    /// <summary>When the record was deleted. Null: it is there.</summary>
    public required long? DeletedAt { get; init; }

    public required long CreatedSeq { get; init; }

    public required long UpdatedSeq { get; init; }

    /// <summary>The id of the claim that holds the record. Null: nobody holds it.</summary>
    public string? ClaimId { get; init; }

    /// <summary>The salt of the ledger's commitment to this version.</summary>
    public required byte[] Salt { get; init; }

    /// <summary>A JSON object. Null: there is none.</summary>
    public required byte[]? Metadata { get; init; }

    /// <summary>The JSON text as it was sent.</summary>
    public required byte[] Value { get; init; }

    public RecordKey Id => new(WorkspaceId, Namespace, Key);

    public string Resource => Id.Resource;

    /// <summary>The bytes that the record is charged to the workspace.</summary>
    public long HeldBytes => Size + (Metadata?.Length ?? 0) + Encoding.UTF8.GetByteCount(Key);

    public Life Life => new(ExpiresAt, DeletedAt);

    /// <summary>
    /// Whether the record is there: as <see cref="Life.IsLive(long)"/>, and not cleared with its namespace.
    /// </summary>
    public bool IsLive(NamespaceRow? namespaceRow, long now) => !IsCleared(namespaceRow) && Life.IsLive(now);

    /// <summary>
    /// Whether the counts of the namespace include the record. They do until it is deleted or cleared.
    /// </summary>
    public bool IsCounted(NamespaceRow? namespaceRow) => DeletedAt is null && !IsCleared(namespaceRow);

    /// <summary>Whether the record was cleared with its namespace, and its row is not erased yet.</summary>
    public bool IsCleared(NamespaceRow? namespaceRow) =>
        DeletedAt is null && namespaceRow is not null && UpdatedSeq <= namespaceRow.ClearedSeq;

    /// <summary>The version that the next one follows. Clearing counts as a version.</summary>
    public long LastVersion(NamespaceRow? namespaceRow) => IsCleared(namespaceRow) ? Version + 1 : Version;

    public RecordInfo ToInfo() => new()
    {
        Key = Key,
        Version = Version,
        Size = Size,
        Metadata = ToMetadata(),
        CreatedAt = Micros.ToTime(CreatedAt),
        CreatedBy = CreatedBy,
        UpdatedAt = Micros.ToTime(UpdatedAt),
        UpdatedBy = UpdatedBy,
        ExpiresAt = Micros.ToTime(ExpiresAt),
        Seq = UpdatedSeq,
    };

    public StoredRecord ToRecord() => new()
    {
        Key = Key,
        Value = JsonElement.Parse(Value),
        Version = Version,
        Size = Size,
        Metadata = ToMetadata(),
        CreatedAt = Micros.ToTime(CreatedAt),
        CreatedBy = CreatedBy,
        UpdatedAt = Micros.ToTime(UpdatedAt),
        UpdatedBy = UpdatedBy,
        ExpiresAt = Micros.ToTime(ExpiresAt),
        Salt = Convert.ToHexStringLower(Salt),
        Seq = UpdatedSeq,
    };

    public JsonElement? ToMetadata() => Metadata is null ? null : JsonElement.Parse(Metadata);

    public static readonly Table<RecordKey, RecordRow> Table = new()
    {
        Name = "store_record",
        Key =
        [
            Column.Text<RecordKey>("workspace_id", key => key.WorkspaceId),
            Column.Text<RecordKey>("namespace", key => key.Namespace),
            Column.Text<RecordKey>("key", key => key.Key),
        ],
        Columns =
        [
            Column.Text<RecordRow>("workspace_id", row => row.WorkspaceId),
            Column.Text<RecordRow>("namespace", row => row.Namespace),
            Column.Text<RecordRow>("key", row => row.Key),
            Column.Integer<RecordRow>("version", row => row.Version),
            Column.Integer<RecordRow>("size", row => row.Size),
            Column.Integer<RecordRow>("created_at", row => row.CreatedAt),
            Column.Text<RecordRow>("created_by", row => row.CreatedBy),
            Column.Integer<RecordRow>("updated_at", row => row.UpdatedAt),
            Column.Text<RecordRow>("updated_by", row => row.UpdatedBy),
            Column.Integer<RecordRow>("expires_at", row => row.ExpiresAt),
            Column.Integer<RecordRow>("deleted_at", row => row.DeletedAt),
            Column.Integer<RecordRow>("created_seq", row => row.CreatedSeq),
            Column.Integer<RecordRow>("updated_seq", row => row.UpdatedSeq),
            Column.Text<RecordRow>("claim_id", row => row.ClaimId),
            Column.Bytes<RecordRow>("salt", row => row.Salt),
            Column.Bytes<RecordRow>("metadata", row => row.Metadata),
            Column.Bytes<RecordRow>("value", row => row.Value),
        ],
        KeyOf = row => row.Id,
        Read = r => new RecordRow
        {
            WorkspaceId = r.GetString(0),
            Namespace = r.GetString(1),
            Key = r.GetString(2),
            Version = r.GetInt64(3),
            Size = r.GetInt64(4),
            CreatedAt = r.GetInt64(5),
            CreatedBy = r.GetString(6),
            UpdatedAt = r.GetInt64(7),
            UpdatedBy = r.GetString(8),
            ExpiresAt = r.IntegerOrNull(9),
            DeletedAt = r.IntegerOrNull(10),
            CreatedSeq = r.GetInt64(11),
            UpdatedSeq = r.GetInt64(12),
            ClaimId = r.TextOrNull(13),
            Salt = r.Bytes(14),
            Metadata = r.BytesOrNull(15),
            Value = r.Bytes(16),
        },
        Weight = row => 400 + (2 * (row.Namespace.Length + row.Key.Length)) + row.Value.Length
            + (row.Metadata?.Length ?? 0),
    };
}
