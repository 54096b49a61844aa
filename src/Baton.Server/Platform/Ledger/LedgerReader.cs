using Baton.Contracts.Ledger;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Platform.Ledger;

/// <summary>Reads the ledger's rows in order.</summary>
internal sealed class LedgerReader(IDatabase database, ReaderShares shares)
{
    /// <summary>A page of entries after a seq, at most `limit`, and then to the end of the last one's commit.</summary>
    public ValueTask<List<FeedEntry>> ReadAsync(
        string workspaceId, long after, int limit, CancellationToken cancellation) =>
        ReadAsync(shares.Of(workspaceId), workspaceId, after, limit, cancellation);

    /// <summary>The same for the server, which does not wait for what callers of the workspace read.</summary>
    public ValueTask<List<FeedEntry>> CatchUpAsync(
        string workspaceId, long after, int limit, CancellationToken cancellation) =>
        ReadAsync(database, workspaceId, after, limit, cancellation);

    /// <summary>The newest seq of a workspace as the database has it; 0 where there is none.</summary>
    public ValueTask<long> ReadHeadAsync(string workspaceId, CancellationToken cancellation) =>
        database.ReadAsync(workspaceId, static async (session, id, token) =>
        {
            var command = session.Command(
                "SELECT head_seq FROM workspace WHERE workspace_id = @workspace_id", ("@workspace_id", id));
            await using var reader = await command.ExecuteReaderAsync(token);
            return await reader.ReadAsync(token) ? reader.GetInt64(0) : 0;
        }, cancellation);

    /// <summary>The newest seq of every workspace.</summary>
    public ValueTask<List<(string WorkspaceId, long Head)>> ReadHeadsAsync(CancellationToken cancellation) =>
        database.ReadAsync(0, static async (session, _, token) =>
        {
            var heads = new List<(string, long)>();
            await using var reader = await session.Command("SELECT workspace_id, head_seq FROM workspace")
                .ExecuteReaderAsync(token);
            while (await reader.ReadAsync(token)) heads.Add((reader.GetString(0), reader.GetInt64(1)));
            return heads;
        }, cancellation);

    static ValueTask<List<FeedEntry>> ReadAsync(
        IReads reads, string workspaceId, long after, int limit, CancellationToken cancellation) =>
        reads.ReadAsync((workspaceId, after, limit), static async (session, place, token) =>
        {
            var entries = new List<FeedEntry>();
            var chain = new Chain();
            // From the row at `after`: it holds the hash to which the first entry is linked.
            await ReadRowsAsync(
                session, place.workspaceId, place.after, long.MaxValue, place.limit + 1, chain, entries, token);
            if (entries.Count > 0 && entries[^1].Entry.CommitSeq > entries[^1].Seq)
            {
                var last = entries[^1];
                await ReadRowsAsync(
                    session, place.workspaceId, last.Seq + 1, last.Entry.CommitSeq, limit: 1000, chain, entries, token);
            }

            return entries;
        }, cancellation);

    static async ValueTask ReadRowsAsync(
        ReadSession session,
        string workspaceId,
        long from,
        long to,
        int limit,
        Chain chain,
        List<FeedEntry> entries,
        CancellationToken cancellation)
    {
        var command = session.Command(
            """
            SELECT seq, entry, hash FROM ledger
            WHERE workspace_id = @workspace_id AND seq >= @from AND seq <= @to ORDER BY seq LIMIT @limit
            """,
            ("@workspace_id", workspaceId), ("@from", from), ("@to", to), ("@limit", (long)limit));
        var skipFirst = entries.Count == 0 && from > 0;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var hash = reader.Bytes(2);
            var isFirst = skipFirst && reader.GetInt64(0) == from;
            if (!isFirst && LedgerEncoding.TryDecodeBody(reader.Bytes(1), out var entry))
                entries.Add(new FeedEntry(entry!, chain.Hash, hash));
            chain.Hash = hash;
        }
    }

    sealed class Chain
    {
        public byte[] Hash { get; set; } = LedgerEncoding.Genesis;
    }
}
