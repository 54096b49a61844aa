using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Contracts.Identity;
using Baton.Contracts.Ledger;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Keys;

/// <summary>Makes a key: `key.create`.</summary>
internal sealed class CreateKey(CreateKeyRequest request, string keyId, string secret) : Operation
{
    const int MaxNameLength = 128;
    const long MaxExpiresIn = 10L * 365 * 24 * 3600;
    const long MaxRequests = 1_000_000_000;
    const long MaxWindowSeconds = 86_400;

    public const string ExpireKind = "key.expire";

    public override string Name => "key.create";

    public override string Resource => "key:" + keyId;

    public override void Validate(InputErrors errors)
    {
        if (request.Name.Length is 0 or > MaxNameLength)
            errors.Add("/name", $"The name has {request.Name.Length} characters, but must have 1 to {MaxNameLength}.");
        if (!Names.IsStorable(request.Name)) errors.Add("/name", "The name must not hold U+0000.");
        if (Roles.Parse(request.Role) is not { } role)
            errors.Add(
                "/role",
                $"The role is \"{InputText.Shorten(request.Role)}\", "
                + $"but must be one of: {string.Join(", ", Roles.Names)}.");
        else if (role == Role.Server && Actor.WorkspaceId != Actor.HomeId)
            errors.Add("/role", "A server key belongs to the server's own workspace: leave Baton-Workspace out.");
        if (request.AgentId is { } agent) Names.Check(agent, "/agent_id", errors);
        if (request.ExpiresIn is < 1 or > MaxExpiresIn)
            errors.Add("/expires_in", $"It is {request.ExpiresIn}, but must be 1 to {MaxExpiresIn} seconds.");
        if (request.RateLimit is not { } limit) return;
        if (limit.Requests is < 1 or > MaxRequests)
            errors.Add("/rate_limit/requests", $"It is {limit.Requests}, but must be 1 to {MaxRequests}.");
        if (limit.WindowSeconds is < 1 or > MaxWindowSeconds)
            errors.Add(
                "/rate_limit/window_seconds",
                $"It is {limit.WindowSeconds}, but must be 1 to {MaxWindowSeconds} seconds.");
    }

    public override Outcome<Effect> Decide(UnitOfWork work)
    {
        var role = Roles.Parse(request.Role)!.Value;
        if (role > Actor.Role)
            return new Failure(
                ErrorCodes.AccessDenied,
                $"A key of role {Roles.NameOf(Actor.Role)} cannot make one of role {request.Role}.");
        var detail = new Detail().Add("role", request.Role);
        if (request.AgentId is { } agent) detail.Add("agent_id", agent);
        var seq = work.Record(Name, Resource, version: 1, detail.ToBytes());
        var row = new ApiKeyRow
        {
            WorkspaceId = Actor.WorkspaceId,
            KeyId = keyId,
            Name = request.Name,
            AgentId = request.AgentId,
            Role = role,
            Version = 1,
            SecretHash = SecretHash.Of(secret).ToBytes(),
            OldSecretHash = null,
            OldSecretUntil = null,
            CreatedAt = work.Now,
            CreatedBy = Actor.Name,
            ExpiresAt = work.Now + (request.ExpiresIn * Micros.PerSecond),
            RateLimit = request.RateLimit,
            CreatedSeq = seq,
            UpdatedSeq = seq,
        };
        work.Put(ApiKeyRow.Table, row);
        work.Put(KeySecretRow.Table, new KeySecretRow(SecretHash.Of(secret), row.WorkspaceId, keyId));
        if (row.ExpiresAt is { } end) work.Schedule(end, ExpireKind, keyId);
        var answer = row.ToCreated(secret);
        return new Effect(answer, row.Version, Created: true) { Replay = answer with { Key = null } };
    }
}

/// <summary>Gives a key a new secret: `key.rotate`. The old one may work on for a while.</summary>
internal sealed class RotateKey(string keyId, long graceSeconds, string secret) : Operation
{
    const long MaxGraceSeconds = 7 * 24 * 3600;

    public const string EndOldKind = "key.end_old_secret";

    public override string Name => "key.rotate";

    public override string Resource => ResourceName.Of("key", keyId);

    public override void Validate(InputErrors errors)
    {
        if (graceSeconds is < 0 or > MaxGraceSeconds)
            errors.Add("/grace_seconds", $"It is {graceSeconds}, but must be 0 to {MaxGraceSeconds} seconds.");
    }

    public override void Reads(ReadSet reads) => reads.Add(ApiKeyRow.Table, new ApiKeyId(Actor.WorkspaceId, keyId));

    public override Outcome<Effect> Decide(UnitOfWork work)
    {
        var row = work.Get(ApiKeyRow.Table, new ApiKeyId(Actor.WorkspaceId, keyId));
        if (row is null) return KeyFailures.NotFound(keyId);
        if (row.Role > Actor.Role) return KeyFailures.RoleTooHigh(Actor, row);
        row.EndOldSecret(work);
        var until = work.Now + (graceSeconds * Micros.PerSecond);
        var rotated = row with
        {
            Version = row.Version + 1,
            SecretHash = SecretHash.Of(secret).ToBytes(),
            OldSecretHash = graceSeconds > 0 ? row.SecretHash : null,
            OldSecretUntil = graceSeconds > 0 ? until : null,
            UpdatedSeq = work.Record(
                Name, Resource, row.Version + 1, new Detail().Add("grace_seconds", graceSeconds).ToBytes()),
        };
        work.Put(ApiKeyRow.Table, rotated);
        work.Put(KeySecretRow.Table, new KeySecretRow(SecretHash.Of(secret), row.WorkspaceId, keyId));
        if (graceSeconds > 0) work.Schedule(until, EndOldKind, keyId);
        else work.Delete(KeySecretRow.Table, SecretHash.FromBytes(row.SecretHash));
        var answer = rotated.ToCreated(secret);
        return new Effect(answer, rotated.Version) { Replay = answer with { Key = null } };
    }
}

/// <summary>Ends a key at once: `key.revoke`.</summary>
internal sealed class RevokeKey(string keyId) : Operation
{
    public override string Name => "key.revoke";

    public override string Resource => ResourceName.Of("key", keyId);

    public override void Reads(ReadSet reads) => reads.Add(ApiKeyRow.Table, new ApiKeyId(Actor.WorkspaceId, keyId));

    public override Outcome<Effect> Decide(UnitOfWork work)
    {
        var row = work.Get(ApiKeyRow.Table, new ApiKeyId(Actor.WorkspaceId, keyId));
        if (row is null) return KeyFailures.NotFound(keyId);
        if (row.Role > Actor.Role) return KeyFailures.RoleTooHigh(Actor, row);
        if (row.KeyId == Actor.KeyId && row.Role == Role.Server)
            return new Failure(
                ErrorCodes.KeyRevokesItself, "A server key cannot revoke itself: use another server key.");
        work.Record(Name, Resource, row.Version + 1);
        row.Remove(work);
        return new Effect(new Deleted { Version = row.Version + 1 }, row.Version + 1);
    }
}

/// <summary>A key came to its end.</summary>
internal sealed class ExpireKey(DueRow item) : DueOperation(item)
{
    public override string Resource => ResourceName.Of("key", Item.Resource);

    public override void Reads(ReadSet reads) =>
        reads.Add(ApiKeyRow.Table, new ApiKeyId(Item.WorkspaceId, Item.Resource));

    protected override void Happen(UnitOfWork work)
    {
        var row = work.Get(ApiKeyRow.Table, new ApiKeyId(Item.WorkspaceId, Item.Resource));
        if (row is null || row.ExpiresAt != Item.DueAt) return;
        work.Record(Name, Resource, row.Version + 1);
        row.Remove(work);
    }
}

/// <summary>The grace of a rotated secret is over. Authentication knows by itself; this forgets its hash.</summary>
internal sealed class EndOldSecret(DueRow item) : DueOperation(item)
{
    public override void Reads(ReadSet reads) =>
        reads.Add(ApiKeyRow.Table, new ApiKeyId(Item.WorkspaceId, Item.Resource));

    protected override void Happen(UnitOfWork work)
    {
        var row = work.Get(ApiKeyRow.Table, new ApiKeyId(Item.WorkspaceId, Item.Resource));
        if (row is null || row.OldSecretUntil != Item.DueAt) return;
        row.EndOldSecret(work);
        work.Put(ApiKeyRow.Table, row with { OldSecretHash = null, OldSecretUntil = null });
    }
}

internal static class KeyFailures
{
    public static Failure NotFound(string keyId) =>
        new(ErrorCodes.KeyNotFound, $"There is no key {InputText.Shorten(keyId)}.");

    public static Failure RoleTooHigh(Actor actor, ApiKeyRow row) => new(
        ErrorCodes.AccessDenied,
        $"A key of role {Roles.NameOf(actor.Role)} cannot change one of role {Roles.NameOf(row.Role)}.");
}

/// <summary>What several key operations do to a key's rows.</summary>
internal static class ApiKeyRowChanges
{
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
        if (row.ExpiresAt is { } end) work.Unschedule(end, CreateKey.ExpireKind, row.KeyId);
    }
}
