using Baton.Contracts.Ledger;
using Baton.Server.Features.Streams.Entries;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Readers;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Streams;

/// <summary>
/// For `check`: entries count without gaps, and every append whose entries are all there is what its ledger entry
/// vouches for.
/// </summary>
internal static class StreamCheck
{
    /// <summary>More would not help: after the first a person has to look.</summary>
    const int MaxProblems = 100;

    /// <summary>What is wrong, in words; nothing when all is well.</summary>
    public static async ValueTask<List<string>> RunAsync(IDatabase database, CancellationToken cancellation) =>
    [
        .. await database.ReadAsync(0, ReadCountsAsync, cancellation),
        .. await database.ReadAsync(0, ReadAppendsAsync, cancellation),
    ];

    static async ValueTask<List<string>> ReadCountsAsync(ReadSession session, int _, CancellationToken cancellation)
    {
        var problems = new List<string>();
        var command = session.Command(
            """
            SELECT s.name, s.stored_from, s.last_entry, count(e.entry_id), min(e.entry_id), max(e.entry_id)
            FROM stream s
            LEFT JOIN stream_entry e ON e.workspace_id = s.workspace_id AND e.stream_id = s.stream_id
            GROUP BY s.workspace_id, s.stream_id, s.name, s.stored_from, s.last_entry
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (problems.Count < MaxProblems && await reader.ReadAsync(cancellation))
        {
            var (from, last, count) = (reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
            var isWhole = count == last - from + 1
                && (count == 0 || (reader.GetInt64(4) == from && reader.GetInt64(5) == last));
            if (!isWhole) problems.Add($"stream {reader.GetString(0)} has a gap among its entries {from} to {last}");
        }

        return problems;
    }

    static async ValueTask<List<string>> ReadAppendsAsync(ReadSession session, int _, CancellationToken cancellation)
    {
        var problems = new List<string>();
        var command = session.Command(
            """
            SELECT e.stream_id, e.entry_id, e.seq, e.salt, e.data, l.entry FROM stream_entry e
            LEFT JOIN ledger l ON l.workspace_id = e.workspace_id AND l.seq = e.seq AND e.salt IS NOT NULL
            ORDER BY e.workspace_id, e.stream_id, e.entry_id
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        Append? current = null;
        while (problems.Count < MaxProblems && await reader.ReadAsync(cancellation))
        {
            // The salt is on the first entry: an append that has lost it has lost entries, and cannot be checked.
            if (reader.BytesOrNull(3) is { } salt)
            {
                current?.Check(problems);
                current = new Append(reader.GetString(0), reader.GetInt64(1), salt, reader.BytesOrNull(5));
            }

            if (current is not null && current.StreamId == reader.GetString(0)) current.Data.Add(reader.Bytes(4));
        }

        current?.Check(problems);
        return problems;
    }

    /// <summary>The entries of one append.</summary>
    sealed record Append(string StreamId, long First, byte[] Salt, byte[]? Entry)
    {
        public List<byte[]> Data { get; } = [];

        public void Check(List<string> problems)
        {
            if (Entry is null || !LedgerEncoding.TryDecodeBody(Entry, out var vouched)
                || !StreamCommitment.Of(Salt, Data).AsSpan().SequenceEqual(vouched!.Commitment))
                problems.Add($"stream {StreamId} entry {First} and those appended with it are not what was written");
        }
    }
}
