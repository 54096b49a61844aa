using Baton.Contracts.Events;
using Baton.Contracts.Ledger;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Storage.Readers;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Platform.Ledger;

/// <summary>Verifies a workspace's chain as it is stored, in constant memory.</summary>
internal static class LedgerCheck
{
    /// <summary>
    /// The most breaks that are listed. More would not help, because a person has to look after the first one.
    /// </summary>
    const int MaxBroken = 100;

    const int TailCount = 100;

    /// <summary>
    /// The rows of one read. They are few, so that no read holds a connection or a snapshot for long.
    /// </summary>
    const int PageSize = 2048;

    /// <summary>
    /// Hashes every entry from `from` to `to` (or the head), and compares the end with the workspace's head.
    /// </summary>
    public static async ValueTask<LedgerVerification> VerifyAsync(
        IReads database, WorkspaceRow workspace, long from, long? to, CancellationToken cancellation)
    {
        var last = Math.Min(to ?? workspace.HeadSeq, workspace.HeadSeq);
        var broken = new List<LedgerBreak>();
        var verifier = new LedgerVerifier(
            workspace.WorkspaceId, from - 1,
            await HashAtAsync(database, workspace.WorkspaceId, from - 1, cancellation));
        while (verifier.Seq < last && broken.Count < MaxBroken)
        {
            var page = new Page(
                workspace.WorkspaceId, verifier.Seq + 1, verifier.Seq + Math.Min(last - verifier.Seq, PageSize),
                verifier, broken);
            await database.ReadAsync(page, CheckPageAsync, cancellation);
            // On the embedded store the whole check runs on this thread. Between two pages the other tasks have their
            // turn.
            await Task.Yield();
            if (verifier.Seq >= page.To) continue;
            // The rest of the page is missing. Its first entry is named, and the check goes on behind it.
            Note(broken, verifier.Seq + 1, "missing");
            verifier = new LedgerVerifier(workspace.WorkspaceId, page.To, LedgerEncoding.Genesis);
        }

        if (broken.Count == 0 && last == workspace.HeadSeq && !verifier.Hash.SequenceEqual(workspace.HeadHash))
            Note(broken, workspace.HeadSeq, "head_mismatch");
        if (broken.Count == 0 && last == workspace.HeadSeq && await AnyAfterAsync(database, workspace, cancellation))
            Note(broken, workspace.HeadSeq + 1, "head_mismatch");
        return new LedgerVerification(
            broken.Count == 0,
            Math.Max(0, last - from + 1),
            new LedgerHead(workspace.HeadSeq, Convert.ToHexStringLower(workspace.HeadHash)),
            broken);
    }

    /// <summary>The hash of the entry `seq`; null if it does not exist.</summary>
    public static async ValueTask<byte[]?> FindHashAsync(
        IReads database, string workspaceId, long seq, CancellationToken cancellation) =>
        await database.ReadAsync((workspaceId, seq), static async (session, key, token) =>
        {
            var command = session.Command(
                "SELECT hash FROM ledger WHERE workspace_id = @workspace_id AND seq = @seq",
                ("@workspace_id", key.workspaceId), ("@seq", key.seq));
            await using var reader = await command.ExecuteReaderAsync(token);
            return await reader.ReadAsync(token) ? reader.Bytes(0) : null;
        }, cancellation);

    /// <summary>The first damage among the last hundred entries, which a start looks at; null for none.</summary>
    public static async ValueTask<LedgerBreak?> FindTailDamageAsync(
        IReads database, WorkspaceRow workspace, CancellationToken cancellation)
    {
        var from = Math.Max(1, workspace.HeadSeq - TailCount + 1);
        var found = await VerifyAsync(database, workspace, from, to: null, cancellation);
        return found.Broken.Count > 0 ? found.Broken[0] : null;
    }

    static async ValueTask<byte[]> HashAtAsync(
        IReads database, string workspaceId, long seq, CancellationToken cancellation) =>
        seq == 0
            ? LedgerEncoding.Genesis
            : await FindHashAsync(database, workspaceId, seq, cancellation) is { Length: LedgerEncoding.HashSize } hash
                ? hash
                : LedgerEncoding.Genesis;

    static async ValueTask<long> CheckPageAsync(ReadSession session, Page page, CancellationToken cancellation)
    {
        var command = session.Command(
            """
            SELECT seq, entry, hash FROM ledger
            WHERE workspace_id = @workspace_id AND seq >= @from AND seq <= @to ORDER BY seq
            """,
            ("@workspace_id", page.WorkspaceId), ("@from", page.From), ("@to", page.To));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var expected = page.Verifier.Seq + 1;
            var seq = reader.GetInt64(0);
            if (page.Verifier.Check(seq, reader.Bytes(1), reader.Bytes(2)) is { } reason)
                Note(page.Broken, reason == "missing" ? expected : seq, reason);
        }

        return page.Verifier.Seq;
    }

    static async ValueTask<bool> AnyAfterAsync(
        IReads database, WorkspaceRow workspace, CancellationToken cancellation) =>
        await database.ReadAsync(workspace, static async (session, workspace, token) =>
        {
            // Entries that were committed while the check ran have moved the head too, so it is read again.
            var command = session.Command(
                """
                SELECT COUNT(*) FROM workspace WHERE workspace_id = @workspace_id
                AND head_seq < (SELECT MAX(seq) FROM ledger WHERE workspace_id = @workspace_id)
                """,
                ("@workspace_id", workspace.WorkspaceId));
            return Convert.ToInt64(
                await command.ExecuteScalarAsync(token), System.Globalization.CultureInfo.InvariantCulture) > 0;
        }, cancellation);

    static void Note(List<LedgerBreak> broken, long seq, string reason)
    {
        if (broken.Count < MaxBroken && (broken.Count == 0 || broken[^1].Seq != seq))
            broken.Add(new LedgerBreak(seq, reason));
    }

    sealed record Page(string WorkspaceId, long From, long To, LedgerVerifier Verifier, List<LedgerBreak> Broken);
}
