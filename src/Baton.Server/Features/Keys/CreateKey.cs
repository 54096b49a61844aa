using Baton.Contracts.Errors;
using Baton.Contracts.Identity;
using Baton.Contracts.Ledger;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
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

    public override string Resource => ApiKeyRow.ResourceOf(keyId);

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
