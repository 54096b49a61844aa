using Baton.Contracts.Identity;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lifetimes;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Keys;

/// <summary>What several key operations do to a key's rows.</summary>
internal static class ApiKeyRowChanges
{
    public static readonly Lifetime Lifetime = new(CreateKey.ExpireKind, PurgeKind: null);

    public static KeyCreated ToCreated(this ApiKeyRow row, string secret) => new()
    {
        KeyId = row.KeyId,
        Key = secret,
        Name = row.Name,
        AgentId = row.AgentId,
        Role = Roles.NameOf(row.Role),
        ExpiresAt = Micros.ToTime(row.ExpiresAt),
        OldKeyExpiresAt = Micros.ToTime(row.OldSecretUntil),
        Version = row.Version,
    };

    public static void EndOldSecret(this ApiKeyRow row, UnitOfWork work)
    {
        if (row.OldSecretHash is not { } old) return;
        work.Delete(KeySecretRow.Table, SecretHash.FromBytes(old));
        work.Unschedule(row.OldSecretUntil!.Value, RotateKey.EndOldKind, row.KeyId);
    }

    public static void Remove(this ApiKeyRow row, UnitOfWork work)
    {
        row.EndOldSecret(work);
        work.Delete(KeySecretRow.Table, SecretHash.FromBytes(row.SecretHash));
        work.Delete(ApiKeyRow.Table, row.Id);
        Lifetime.Changed(work, row.KeyId, row.Life, after: default);
    }
}
