using Baton.Contracts.Ledger;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Readers;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Platform.Ledger;

/// <summary>Reads the ledger's rows in order.</summary>
internal sealed class LedgerReader(IDatabase database, ReaderShares shares)
{
    /// <summary>A page of entries after a seq, at most `limit`, and then to the end of the last one's commit.</summary>
    public async ValueTask<List<FeedEntry>> ReadAsync(
        string workspaceId, long after, int limit, CancellationToken cancellation) =>
        (await ReadAsync(shares.Of(workspaceId), workspaceId, after, limit, cancellation)).Entries;

    /// <summary>
    /// As <see cref="ReadAsync(string, long, int, CancellationToken)"/>, for the server itself, which does not wait
    /// for the readers of the workspace. Also answers the hash of the entry at `after`; null if there is none.
    /// </summary>
    public ValueTask<(byte[]? Before, List<FeedEntry> Entries)> CatchUpAsync(
        string workspaceId, long after, int limit, CancellationToken cancellation) =>
        ReadAsync(database, workspaceId, after, limit, cancellation);

    /// <summary>
    /// The newest entry of a workspace as the database has it, and the hash of another one; null when there is none.
    /// </summary>
    public ValueTask<(LedgerPlace Head, byte[]? HashAt)> ReadHeadAsync(
        string workspaceId, long at, CancellationToken cancellation) =>
        database.ReadAsync((workspaceId, at), static async (session, asked, token) =>
        {
            var command = session.Command(
                """
                SELECT w.head_seq, w.head_hash, l.hash
                FROM workspace w LEFT JOIN ledger l ON l.workspace_id = w.workspace_id AND l.seq = @at
                WHERE w.workspace_id = @workspace_id
                """,
                ("@at", asked.at), ("@workspace_id", asked.workspaceId));
            await using var reader = await command.ExecuteReaderAsync(token);
            if (!await reader.ReadAsync(token)) return (LedgerPlace.Genesis, (byte[]?)null);
            var hash = asked.at == 0 ? LedgerEncoding.Genesis : reader.BytesOrNull(2);
            return (new LedgerPlace(reader.GetInt64(0), reader.Bytes(1)), hash);
        }, cancellation);

    /// <summary>The newest entry of every workspace.</summary>
    public ValueTask<Dictionary<string, LedgerPlace>> ReadHeadsAsync(CancellationToken cancellation) =>
        database.ReadAsync(0, static async (session, _, token) =>
        {
            var heads = new Dictionary<string, LedgerPlace>();
            await using var reader = await session.Command("SELECT workspace_id, head_seq, head_hash FROM workspace")
                .ExecuteReaderAsync(token);
            while (await reader.ReadAsync(token))
                heads.Add(reader.GetString(0), new LedgerPlace(reader.GetInt64(1), reader.Bytes(2)));
            return heads;
        }, cancellation);

    static ValueTask<(byte[]? Before, List<FeedEntry> Entries)> ReadAsync(
        IReads reads, string workspaceId, long after, int limit, CancellationToken cancellation) =>
        reads.ReadAsync((workspaceId, after, limit), static async (session, place, token) =>
        {
            var entries = new List<FeedEntry>();
            var chain = new Chain();
            // The rows begin with the one at `after`, whose hash the first entry is linked to.
            await ReadRowsAsync(
                session, place.workspaceId, place.after, long.MaxValue, place.limit + 1, chain, entries, token);
            if (entries.Count > 0 && entries[^1].Entry.CommitSeq > entries[^1].Seq)
            {
                var last = entries[^1];
                await ReadRowsAsync(
                    session, place.workspaceId, last.Seq + 1, last.Entry.CommitSeq, limit: 1000, chain, entries, token);
            }

            return (place.after == 0 ? LedgerEncoding.Genesis : chain.Before, entries);
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
            if (isFirst) chain.Before = hash;
            chain.Hash = hash;
        }
    }

    sealed class Chain
    {
        public byte[] Hash { get; set; } = LedgerEncoding.Genesis;

        /// <summary>The hash of the entry before the first one that is wanted.</summary>
        public byte[]? Before { get; set; }
    }
}
