using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Contracts.Identity;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Keys;

/// <summary>Ends a key at once: `key.revoke`.</summary>
internal sealed class RevokeKey(RevokeKeyRequest request) : Operation
{
    public const string Action = "key.revoke";

    public override string Name => Action;

    public override string Resource => ApiKeyRow.ResourceOf(request.KeyId);

    public static OperationSpec Spec { get; } = new OperationSpec<RevokeKeyRequest, Deleted>(
        Action, "Ends a key at once.", (request, context) => new RevokeKey(request) { Actor = context.Actor })
    {
        Role = Role.Admin,
        Resource = (request, _) => ApiKeyRow.ResourceOf(request.KeyId),
        Done = "The key has ended.",
        HasVersion = true,
        Errors = [ErrorCodes.KeyNotFound, ErrorCodes.KeyRevokesItself],
    };

    ApiKeyId Id => new(Actor.WorkspaceId, request.KeyId);

    public override void Reads(ReadSet reads) => reads.Add(ApiKeyRow.Table, Id);

    public override Decision Decide(UnitOfWork work)
    {
        var row = work.Get(ApiKeyRow.Table, Id);
        if (row is null) return KeyFailures.NotFound(request.KeyId);
        if (row.Role > Actor.Role) return KeyFailures.RoleTooHigh(Actor, row);
        if (row.KeyId == Actor.KeyId && row.Role == Role.Server)
            return new Failure(
                ErrorCodes.KeyRevokesItself, "A server key cannot revoke itself: use another server key.");
        work.Record(Name, Resource, row.Version + 1);
        row.Remove(work);
        return new Effect(new Deleted { Version = row.Version + 1 }, row.Version + 1);
    }
}
