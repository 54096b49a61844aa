using Baton.Contracts.Errors;
using Baton.Contracts.Identity;
using Baton.Contracts.Ledger;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Keys;

/// <summary>
/// Makes a workspace with its first key: `workspace.create`. Its actor acts in the new workspace, whose ledger begins
/// with this very operation.
/// </summary>
internal sealed class CreateWorkspace(string name, string keyId, string secret, Role firstRole) : Operation
{
    public const string Action = "workspace.create";

    public override string Name => Action;

    public override string Resource => WorkspaceRow.ResourceOf(Actor.WorkspaceId);

    /// <summary>Names are unique over all workspaces.</summary>
    public override IReadOnlyList<string> Locks => ["workspace names"];

    /// <summary>The row that the lane starts from: it exists before the first entry.</summary>
    public override WorkspaceRow? NewWorkspace(long now) => new(
        Actor.WorkspaceId, name, CreatedAt: now, HeadSeq: 0, LedgerEncoding.Genesis, HeadAt: now, Bytes: 0,
        IdempotencyCount: 0);

    public static OperationSpec SpecOf(IdSource ids) => new OperationSpec<CreateWorkspaceRequest, WorkspaceCreated>(
        Action, "Makes a workspace and its first admin key.", (request, context) => new CreateWorkspace(
            request.Name, ids.Next("key_"), IdSource.NextSecret("btn_"), Role.Admin)
        {
            Actor = context.Actor with { WorkspaceId = NewId(ids, context) },
        })
    {
        Description =
            "The answer's `seq` is a commit of the new workspace, whose ledger begins with this operation.",
        Role = Role.Server,
        Created = "The workspace, with its first key.",
        Errors = [ErrorCodes.WorkspaceNameTaken],
    };

    /// <summary>
    /// Outcomes are kept in the workspace in which an operation acts, which here is the new one: the same
    /// Idempotency-Key must lead to the same workspace to find its outcome.
    /// </summary>
    static string NewId(IdSource ids, OperationContext context) => context.IdempotencyKey is { } key
        ? IdSource.Of("ws_", $"{context.Actor.WorkspaceId}/{context.Actor.KeyId}/{context.Actor.AgentId}/{key}")
        : ids.Next("ws_");

    public override void Reads(ReadSet reads) => reads.Add(WorkspaceNameRow.Table, name);

    public override Decision Decide(UnitOfWork work)
    {
        // Its outcome was kept for a day, and the workspace stays: the key can make no second one.
        if (work.Get(WorkspaceRow.Table, Actor.WorkspaceId) is not null)
            return new Failure(ErrorCodes.IdempotencyKeyReused, "The Idempotency-Key has made a workspace already.");
        if (work.Get(WorkspaceNameRow.Table, name) is not null)
            return new Failure(ErrorCodes.WorkspaceNameTaken, $"The name {name} is taken.");
        work.Put(WorkspaceNameRow.Table, new WorkspaceNameRow(name, Actor.WorkspaceId));
        work.Record(Name, Resource, version: 1, new Detail().Add("name", name).ToBytes());
        var key = new CreateKeyRequest { Name = "first " + Roles.NameOf(firstRole), Role = Roles.NameOf(firstRole) };
        if (new CreateKey(key, keyId, secret) { Actor = Actor }.Decide(work).Failure is { } failure) return failure;
        var answer = new WorkspaceCreated { WorkspaceId = Actor.WorkspaceId, Name = name, KeyId = keyId, Key = secret };
        return new Effect(answer, Created: true) { Replay = answer with { Key = null } };
    }
}
