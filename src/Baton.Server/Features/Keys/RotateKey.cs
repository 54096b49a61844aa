using Baton.Contracts.Ledger;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Keys;

/// <summary>Gives a key a new secret: `key.rotate`. The old one may work on for a while.</summary>
internal sealed class RotateKey(string keyId, long graceSeconds, string secret) : Operation
{
    const long MaxGraceSeconds = 7 * 24 * 3600;

    public const string EndOldKind = "key.end_old_secret";

    public override string Name => "key.rotate";

    public override string Resource => ApiKeyRow.ResourceOf(keyId);

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
