using Baton.Contracts.Errors;
using Baton.Contracts.Identity;
using Baton.Contracts.Ledger;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Keys;

/// <summary>Makes a key: `key.create`.</summary>
internal sealed class CreateKey(CreateKeyRequest request, string keyId, string secret) : Operation
{
    public const string Action = "key.create";
    public const string ExpireKind = "key.expire";

    public override string Name => Action;

    public override string Resource => ApiKeyRow.ResourceOf(keyId);

    public static OperationSpec SpecOf(IdSource ids) => new OperationSpec<CreateKeyRequest, KeyCreated>(
        Action, "Makes an API key and shows its secret, once.",
        (request, context) => new CreateKey(request, ids.Next("key_"), IdSource.NextSecret("btn_"))
        {
            Actor = context.Actor,
        })
    {
        Role = Role.Admin,
        Created = "The key, with its secret.",
        HasVersion = true,
    };

    public override void Validate(InputErrors errors)
    {
        if (!Names.IsStorable(request.Name)) errors.Add("/name", "The name must not hold U+0000.");
        if (Roles.Parse(request.Role) == Role.Server && Actor.WorkspaceId != Actor.KeyWorkspaceId)
            errors.Add("/role", "A server key belongs to the server's own workspace: leave Baton-Workspace out.");
    }

    public override Decision Decide(UnitOfWork work)
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
            ExpiresAt = Life.EndOf(work.Now, request.ExpiresIn),
            RateLimit = request.RateLimit,
            CreatedSeq = seq,
            UpdatedSeq = seq,
        };
        work.Put(ApiKeyRow.Table, row);
        work.Put(KeySecretRow.Table, new KeySecretRow(SecretHash.Of(secret), row.WorkspaceId, keyId));
        ApiKeyRowChanges.Lifetime.Changed(work, keyId, before: default, row.Life);
        var answer = row.ToCreated(secret);
        return new Effect(answer, row.Version, Created: true) { Replay = answer with { Key = null } };
    }
}
