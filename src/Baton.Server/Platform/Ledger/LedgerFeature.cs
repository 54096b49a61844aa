using Baton.Contracts.Errors;
using Baton.Contracts.Events;
using Baton.Server.Platform.Errors;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Ledger;

/// <summary>The proof: the ledger's head, and its verification.</summary>
internal static class LedgerFeature
{
    const int HashHexLength = 64;

    public static void Map(Routes routes)
    {
        routes.Get("/ledger/head", s_head, HeadAsync);
        routes.Get("/ledger/verify", s_verify, VerifyAsync);
    }

    static readonly RouteSpec s_head =
        new("ledger.head", "Tells the newest entry of the workspace's ledger and its hash.")
    {
        Description = "Keep both: given to `/ledger/verify` later, they show that nothing before them was rewritten.",
        Role = Role.Reader,
        Answers = [AnswerSpec.Json<LedgerHead>(200, "The head.", "Baton-Seq")],
    };

    static readonly RouteSpec s_verify =
        new("ledger.verify", "Hashes the workspace's ledger anew and names what is broken.")
    {
        Description = """
            A workspace has one verification at a time: others wait for their turn, up to 30 seconds, and are then
            answered 503 `server.overloaded`. What was verified before need not be again: begin `from` a seq whose hash
            you keep.
            """,
        Role = Role.Reader,
        Query =
        [
            new("from", "integer", "The first seq to check.") { Minimum = 1, Default = 1 },
            new("to", "integer", "The last seq to check; the head by default.") { Minimum = 1 },
            new("expect_seq", "integer", "A seq that you kept, with its hash as `expect_hash`.") { Minimum = 1 },
            new("expect_hash", "string", "The hash that you kept, 64 hex digits.") { Pattern = "^[0-9A-Fa-f]{64}$" },
        ],
        Answers = [AnswerSpec.Json<LedgerVerification>(200, "What was found.", "Baton-Seq")],
        Errors = [ErrorCodes.CursorAhead, ErrorCodes.ServerOverloaded],
    };

    static async ValueTask<Failure?> HeadAsync(Call call)
    {
        _ = call.Query;
        if (call.Errors.Any) return call.Errors.ToFailure();
        var workspace = await call.Server.Workspaces.GetAsync(call.Actor.WorkspaceId, call.Aborted);
        if (workspace is null) return new Failure(ErrorCodes.WorkspaceNotFound);
        call.SetSeq(workspace.HeadSeq);
        await call.AnswerAsync(200, new LedgerHead(workspace.HeadSeq, Convert.ToHexStringLower(workspace.HeadHash)));
        return null;
    }

    static async ValueTask<Failure?> VerifyAsync(Call call)
    {
        var from = call.Query.Integer("from", minimum: 1, long.MaxValue) ?? 1;
        var to = call.Query.Integer("to", minimum: 1, long.MaxValue);
        var expectSeq = call.Query.Integer("expect_seq", minimum: 1, long.MaxValue);
        var expectHash = call.Query.Text("expect_hash");
        if ((expectSeq is null) != (expectHash is null))
            call.Errors.Add("query:expect_seq", "`expect_seq` and `expect_hash` go together.");
        if (expectHash is not null && (expectHash.Length != HashHexLength || !expectHash.All(char.IsAsciiHexDigit)))
            call.Errors.Add("query:expect_hash", $"`expect_hash` must be {HashHexLength} hex digits.");
        if (call.Errors.Any) return call.Errors.ToFailure();
        var turn = await call.Server.Verifications.EnterAsync(call);
        if (turn.Failure is { } overloaded) return overloaded;
        using var entered = turn.Value!;
        var workspace = await call.Server.Workspaces.GetAsync(call.Actor.WorkspaceId, call.Aborted);
        if (workspace is null) return new Failure(ErrorCodes.WorkspaceNotFound);
        if (from > workspace.HeadSeq + 1) return EventsFeature.Ahead(from - 1, workspace.HeadSeq);
        var found = await LedgerCheck.VerifyAsync(call.Reads, workspace, from, to, call.Aborted);
        if (expectSeq is { } seq) found = await ExpectAsync(call, found, seq, expectHash!);
        call.SetSeq(workspace.HeadSeq);
        await call.AnswerAsync(200, found);
        return null;
    }

    static async ValueTask<LedgerVerification> ExpectAsync(Call call, LedgerVerification found, long seq, string hash)
    {
        var stored = await LedgerCheck.FindHashAsync(call.Reads, call.Actor.WorkspaceId, seq, call.Aborted);
        if (stored is not null && Convert.ToHexStringLower(stored).Equals(hash, StringComparison.OrdinalIgnoreCase))
            return found;
        var broken = found.Broken.Append(new LedgerBreak(seq, "unexpected_head")).OrderBy(item => item.Seq).ToList();
        return found with { Intact = false, Broken = broken };
    }
}
