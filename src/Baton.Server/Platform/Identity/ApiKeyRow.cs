using Baton.Contracts;
using Baton.Contracts.Identity;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Platform.Identity;

internal readonly record struct ApiKeyId(string WorkspaceId, string KeyId);

/// <summary>
/// An API key. Of its secrets only hashes are stored; after a rotation the old one may work for a while.
/// </summary>
internal sealed record ApiKeyRow
{
    public const string ResourceType = "key";

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

    /// <summary>Keys leave no tombstone: their ids are never given again.</summary>
    public Life Life => new(ExpiresAt);

    public ApiKeyId Id => new(WorkspaceId, KeyId);

    public string Resource => ResourceOf(KeyId);

    /// <summary>The resource of a key's id, as a request names it.</summary>
    public static string ResourceOf(string keyId) => ResourceName.Of(ResourceType, keyId);

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
