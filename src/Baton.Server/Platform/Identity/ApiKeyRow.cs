using Baton.Contracts.Identity;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Platform.Identity;

internal readonly record struct ApiKeyId(string WorkspaceId, string KeyId);

/// <summary>
/// An API key. Of its secrets only hashes are stored; after a rotation the old one may work for a while.
/// </summary>
internal sealed record ApiKeyRow
{
    public required string WorkspaceId { get; init; }

    public required string KeyId { get; init; }

    public required string Name { get; init; }

    public required string? AgentId { get; init; }

    public required Role Role { get; init; }

    public required long Version { get; init; }

    public required byte[] SecretHash { get; init; }

    public required byte[]? OldSecretHash { get; init; }

    public required long? OldSecretUntil { get; init; }

    public required long CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public required long? ExpiresAt { get; init; }

    public required RateLimit? RateLimit { get; init; }

    public required long CreatedSeq { get; init; }

    public required long UpdatedSeq { get; init; }

    public ApiKeyId Id => new(WorkspaceId, KeyId);

    public string Resource => "key:" + KeyId;

    public static readonly Table<ApiKeyId, ApiKeyRow> Table = new()
    {
        Name = "api_key",
        Key =
        [
            Column.Text<ApiKeyId>("workspace_id", key => key.WorkspaceId),
            Column.Text<ApiKeyId>("key_id", key => key.KeyId),
        ],
        Columns =
        [
            Column.Text<ApiKeyRow>("workspace_id", row => row.WorkspaceId),
            Column.Text<ApiKeyRow>("key_id", row => row.KeyId),
            Column.Text<ApiKeyRow>("name", row => row.Name),
            Column.Text<ApiKeyRow>("agent_id", row => row.AgentId),
            Column.Text<ApiKeyRow>("role", row => Roles.NameOf(row.Role)),
            Column.Integer<ApiKeyRow>("version", row => row.Version),
            Column.Bytes<ApiKeyRow>("secret_hash", row => row.SecretHash),
            Column.Bytes<ApiKeyRow>("old_secret_hash", row => row.OldSecretHash),
            Column.Integer<ApiKeyRow>("old_secret_until", row => row.OldSecretUntil),
            Column.Integer<ApiKeyRow>("created_at", row => row.CreatedAt),
            Column.Text<ApiKeyRow>("created_by", row => row.CreatedBy),
            Column.Integer<ApiKeyRow>("expires_at", row => row.ExpiresAt),
            Column.Integer<ApiKeyRow>("rate_requests", row => row.RateLimit?.Requests),
            Column.Integer<ApiKeyRow>("rate_seconds", row => row.RateLimit?.WindowSeconds),
            Column.Integer<ApiKeyRow>("created_seq", row => row.CreatedSeq),
            Column.Integer<ApiKeyRow>("updated_seq", row => row.UpdatedSeq),
        ],
        KeyOf = row => row.Id,
        Read = r => new ApiKeyRow
        {
            WorkspaceId = r.GetString(0),
            KeyId = r.GetString(1),
            Name = r.GetString(2),
            AgentId = r.TextOrNull(3),
            Role = Roles.Parse(r.GetString(4)) ?? Role.Reader,
            Version = r.GetInt64(5),
            SecretHash = r.Bytes(6),
            OldSecretHash = r.BytesOrNull(7),
            OldSecretUntil = r.IntegerOrNull(8),
            CreatedAt = r.GetInt64(9),
            CreatedBy = r.GetString(10),
            ExpiresAt = r.IntegerOrNull(11),
            RateLimit = r.IsDBNull(12) ? null : new RateLimit(r.GetInt64(12), r.GetInt64(13)),
            CreatedSeq = r.GetInt64(14),
            UpdatedSeq = r.GetInt64(15),
        },
        Weight = row => 400 + row.Name.Length,
        MayLag = true,
    };

    public KeyInfo ToInfo() => new()
    {
        KeyId = KeyId,
        Name = Name,
        AgentId = AgentId,
        Role = Roles.NameOf(Role),
        CreatedAt = Micros.ToTime(CreatedAt),
        CreatedBy = CreatedBy,
        ExpiresAt = Micros.ToTime(ExpiresAt),
        RateLimit = RateLimit,
        Version = Version,
    };
}

/// <summary>Which key a secret belongs to: looked up before the workspace is known.</summary>
internal sealed record KeySecretRow(SecretHash SecretHash, string WorkspaceId, string KeyId)
{
    public static readonly Table<SecretHash, KeySecretRow> Table = new()
    {
        Name = "key_secret",
        Key = [Column.Bytes<SecretHash>("secret_hash", key => key.ToBytes())],
        Columns =
        [
            Column.Bytes<KeySecretRow>("secret_hash", row => row.SecretHash.ToBytes()),
            Column.Text<KeySecretRow>("workspace_id", row => row.WorkspaceId),
            Column.Text<KeySecretRow>("key_id", row => row.KeyId),
        ],
        KeyOf = row => row.SecretHash,
        Read = r => new KeySecretRow(SecretHash.FromBytes(r.Bytes(0)), r.GetString(1), r.GetString(2)),
        Weight = _ => 150,
        MayLag = true,
    };
}

/// <summary>A workspace's name, unique on the server.</summary>
internal sealed record WorkspaceNameRow(string Name, string WorkspaceId)
{
    public static readonly Table<string, WorkspaceNameRow> Table = new()
    {
        Name = "workspace_name",
        Key = [Column.Text<string>("name", key => key)],
        Columns =
        [
            Column.Text<WorkspaceNameRow>("name", row => row.Name),
            Column.Text<WorkspaceNameRow>("workspace_id", row => row.WorkspaceId),
        ],
        KeyOf = row => row.Name,
        Read = r => new WorkspaceNameRow(r.GetString(0), r.GetString(1)),
        Weight = row => 100 + row.Name.Length,
        IsImmutable = true,
    };
}

/// <summary>
/// A ticket: stands for a key in one GET. Only its hash is stored. It ends with the secret that made it, if not before.
/// </summary>
internal sealed record TicketRow(
    SecretHash TicketHash, string WorkspaceId, string HomeId, string KeyId, string? AgentId, string Path,
    long ExpiresAt, SecretHash? KeySecret)
{
    public static readonly Table<SecretHash, TicketRow> Table = new()
    {
        Name = "ticket",
        Key = [Column.Bytes<SecretHash>("ticket_hash", key => key.ToBytes())],
        Columns =
        [
            Column.Bytes<TicketRow>("ticket_hash", row => row.TicketHash.ToBytes()),
            Column.Text<TicketRow>("workspace_id", row => row.WorkspaceId),
            Column.Text<TicketRow>("home_id", row => row.HomeId),
            Column.Text<TicketRow>("key_id", row => row.KeyId),
            Column.Text<TicketRow>("agent_id", row => row.AgentId),
            Column.Text<TicketRow>("path", row => row.Path),
            Column.Integer<TicketRow>("expires_at", row => row.ExpiresAt),
            Column.Bytes<TicketRow>("secret_hash", row => row.KeySecret?.ToBytes()),
        ],
        KeyOf = row => row.TicketHash,
        Read = r => new TicketRow(
            SecretHash.FromBytes(r.Bytes(0)), r.GetString(1), r.GetString(2), r.GetString(3), r.TextOrNull(4),
            r.GetString(5), r.GetInt64(6), r.BytesOrNull(7) is { } secret ? SecretHash.FromBytes(secret) : null),
    };
}
