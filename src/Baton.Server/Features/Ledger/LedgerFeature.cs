using Baton.Contracts.Errors;
using Baton.Contracts.Events;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Ledger;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Following;

namespace Baton.Server.Features.Ledger;

/// <summary>The proof: the ledger's head, and its verification.</summary>
internal sealed class LedgerFeature(Workspaces workspaces)
{
    const int HashHexLength = 64;

    public void Map(Routes routes)
    {
        routes.Get("/ledger/head", s_head, HeadAsync);
        routes.Get("/ledger/verify", s_verify, VerifyAsync);
    }

    static readonly RouteSpec s_head = new(
        "ledger.head", "Tells the newest entry of the workspace's ledger and its hash.")
    {
        Description = "Keep both: given to `/ledger/verify` later, they show that nothing before them was rewritten.",
        Role = Role.Reader,
        Answers = [AnswerSpec.Json<LedgerHead>(200, "The head.", "Baton-Seq")],
    };

    static readonly RouteSpec s_verify = new(
        "ledger.verify", "Hashes the workspace's ledger anew and names what is broken.")
    {
        Description = """
            A workspace has one verification at a time: up to 8 others wait for their turn, for up to 75 seconds, and
            are then answered 503 `server.overloaded`, as are more at once. What was verified before need not be again:
            begin `from` a seq whose hash you keep.
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

    async ValueTask<Failure?> HeadAsync(HttpCall call)
    {
        _ = call.Query;
        if (call.Errors.Any) return call.Errors.ToFailure();
        return await call.AnswerAsync(await ReadHeadAsync(call.Caller));
    }

    /// <summary>The newest entry and its hash.</summary>
    public async ValueTask<Outcome<LedgerHead>> ReadHeadAsync(Caller caller)
    {
        var workspace = await workspaces.GetAsync(caller.WorkspaceId, caller.Aborted);
        if (workspace is null) return new Failure(ErrorCodes.WorkspaceNotFound);
        caller.Includes(workspace.HeadSeq);
        return new LedgerHead(workspace.HeadSeq, Convert.ToHexStringLower(workspace.HeadHash));
    }

    async ValueTask<Failure?> VerifyAsync(HttpCall call)
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
        var expected = expectSeq is { } seq ? (seq, expectHash!) : ((long, string)?)null;
        return await call.AnswerAsync(await VerifyAsync(call.Caller, from, to, expected));
    }

    /// <summary>Checks the entries of a range, and the hash that one of them is expected to have.</summary>
    public async ValueTask<Outcome<LedgerVerification>> VerifyAsync(
        Caller caller, long from, long? to, (long Seq, string Hash)? expected)
    {
        var turn = await caller.Services.Verifications.EnterAsync(caller);
        if (turn.Failure is { } overloaded) return overloaded;
        using var entered = turn.Value!;
        var workspace = await workspaces.GetAsync(caller.WorkspaceId, caller.Aborted);
        if (workspace is null) return new Failure(ErrorCodes.WorkspaceNotFound);
        if (from > workspace.HeadSeq + 1) return CursorAhead.Of(from - 1, workspace.HeadSeq);
        var found = await LedgerCheck.VerifyAsync(caller.Reads, workspace, from, to, caller.Aborted);
        if (expected is { } wanted) found = await ExpectAsync(caller, found, wanted.Seq, wanted.Hash);
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
