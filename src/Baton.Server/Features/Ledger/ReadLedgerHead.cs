using Baton.Contracts.Errors;
using Baton.Contracts.Events;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;

namespace Baton.Server.Features.Ledger;

/// <summary>Tells the newest entry of the ledger.</summary>
internal static class ReadLedgerHead
{
    public const string Action = "ledger.head";

    public static ReadSpec SpecOf(Workspaces workspaces) => new ReadSpec<ReadLedgerHeadRequest, LedgerHead>(
        Action, "Tells the newest entry of the workspace's ledger and its hash.",
        (caller, _) => ReadAsync(caller, workspaces))
    {
        Description = "Keep both: given to `/ledger/verify` later, they show that nothing before them was rewritten.",
        Role = Role.Reader,
        Found = "The head.",
    };

    static async ValueTask<Outcome<LedgerHead>> ReadAsync(Caller caller, Workspaces workspaces)
    {
        var workspace = await workspaces.GetAsync(caller.WorkspaceId, caller.Aborted);
        if (workspace is null) return new Failure(ErrorCodes.WorkspaceNotFound);
        caller.Includes(workspace.HeadSeq);
        return new LedgerHead(workspace.HeadSeq, Convert.ToHexStringLower(workspace.HeadHash));
    }
}
