using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Keys;

/// <summary>Ends a key at once: `key.revoke`.</summary>
internal sealed class RevokeKey(string keyId) : Operation
{
    public override string Name => "key.revoke";

    public override string Resource => ApiKeyRow.ResourceOf(keyId);

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
