using Baton.Contracts.Errors;
using Baton.Contracts.Identity;
using Baton.Contracts.Ledger;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Keys;

/// <summary>Gives a key a new secret: `key.rotate`. The old one may work on for a while.</summary>
internal sealed class RotateKey(RotateKeyRequest request, string secret) : Operation
{
    public const string Action = "key.rotate";
    public const string EndOldKind = "key.end_old_secret";

    public override string Name => Action;

    public override string Resource => ApiKeyRow.ResourceOf(request.KeyId);

    public static OperationSpec Spec { get; } = new OperationSpec<RotateKeyRequest, KeyCreated>(
        Action, "Gives a key a new secret, beside which the old one may go on working for a time.",
        (request, context) => new RotateKey(request, IdSource.NextSecret("btn_")) { Actor = context.Actor })
    {
        Role = Role.Admin,
        Resource = (request, _) => ApiKeyRow.ResourceOf(request.KeyId),
        Done = "The key, with its new secret.",
        HasVersion = true,
        Errors = [ErrorCodes.KeyNotFound],
    };

    ApiKeyId Id => new(Actor.WorkspaceId, request.KeyId);

    public override void Reads(ReadSet reads) => reads.Add(ApiKeyRow.Table, Id);

    public override Decision Decide(UnitOfWork work)
    {
        var row = work.Get(ApiKeyRow.Table, Id);
        if (row is null) return KeyFailures.NotFound(request.KeyId);
        if (row.Role > Actor.Role) return KeyFailures.RoleTooHigh(Actor, row);
        row.EndOldSecret(work);
        var until = work.Now + (request.GraceSeconds * Micros.PerSecond);
        var rotated = row with
        {
            Version = row.Version + 1,
            SecretHash = SecretHash.Of(secret).ToBytes(),
            OldSecretHash = request.GraceSeconds > 0 ? row.SecretHash : null,
            OldSecretUntil = request.GraceSeconds > 0 ? until : null,
            UpdatedSeq = work.Record(
                Name, Resource, row.Version + 1, new Detail().Add("grace_seconds", request.GraceSeconds).ToBytes()),
        };
        work.Put(ApiKeyRow.Table, rotated);
        work.Put(KeySecretRow.Table, new KeySecretRow(SecretHash.Of(secret), row.WorkspaceId, request.KeyId));
        if (request.GraceSeconds > 0) work.Schedule(until, EndOldKind, request.KeyId);
        else work.Delete(KeySecretRow.Table, SecretHash.FromBytes(row.SecretHash));
        var answer = rotated.ToCreated(secret);
        return new Effect(answer, rotated.Version) { Replay = answer with { Key = null } };
    }
}
