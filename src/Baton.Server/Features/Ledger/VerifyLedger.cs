using Baton.Contracts.Errors;
using Baton.Contracts.Events;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Ledger;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Following;

namespace Baton.Server.Features.Ledger;

/// <summary>Hashes the ledger anew.</summary>
internal static class VerifyLedger
{
    public const string Action = "ledger.verify";

    public static ReadSpec SpecOf(Workspaces workspaces) => new ReadSpec<VerifyLedgerRequest, LedgerVerification>(
        Action, "Hashes the workspace's ledger anew and names what is broken.",
        (caller, request) => ReadAsync(caller, workspaces, request))
    {
        Description = """
            A workspace has one verification at a time: up to 8 others wait for their turn, for up to 75 seconds, and
            are then answered 503 `server.overloaded`, as are more at once. What was verified before need not be again:
            begin `from` a seq whose hash you keep.
            """,
        Role = Role.Reader,
        Check = Check,
        Found = "What was found.",
        Errors = [ErrorCodes.CursorAhead, ErrorCodes.ServerOverloaded],
    };

    static void Check(VerifyLedgerRequest request, InputErrors errors)
    {
        if ((request.ExpectSeq is null) != (request.ExpectHash is null))
            errors.Add("/expect_seq", "`expect_seq` and `expect_hash` go together.");
    }

    /// <summary>Checks the entries of a range, and the hash that one of them is expected to have.</summary>
    static async ValueTask<Outcome<LedgerVerification>> ReadAsync(
        Caller caller, Workspaces workspaces, VerifyLedgerRequest request)
    {
        var turn = await caller.Services.Verifications.EnterAsync(caller);
        if (turn.Failure is { } overloaded) return overloaded;
        using var entered = turn.Value!;
        var workspace = await workspaces.GetAsync(caller.WorkspaceId, caller.Aborted);
        if (workspace is null) return new Failure(ErrorCodes.WorkspaceNotFound);
        var from = request.From ?? VerifyLedgerRequest.DefaultFrom;
        if (from > workspace.HeadSeq + 1) return CursorAhead.Of(from - 1, workspace.HeadSeq);
        var found = await LedgerCheck.VerifyAsync(caller.Reads, workspace, from, request.To, caller.Aborted);
        if (request is { ExpectSeq: { } seq, ExpectHash: { } hash })
            found = await ExpectAsync(caller, found, seq, hash);
        caller.Includes(workspace.HeadSeq);
        return found;
    }

    static async ValueTask<LedgerVerification> ExpectAsync(
        Caller caller, LedgerVerification found, long seq, string hash)
    {
        var stored = await LedgerCheck.FindHashAsync(caller.Reads, caller.WorkspaceId, seq, caller.Aborted);
        if (stored is not null && Convert.ToHexStringLower(stored).Equals(hash, StringComparison.OrdinalIgnoreCase))
            return found;
        var broken = found.Broken.Append(new LedgerBreak(seq, "unexpected_head")).OrderBy(item => item.Seq).ToList();
        return found with { Intact = false, Broken = broken };
    }
}
