using Baton.Contracts.Ledger;
using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Readers;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Store.Records;

/// <summary>
/// What `check` asks of records: that each holds the value to which its ledger entry has committed, and that the counts
/// of the namespaces are right.
/// </summary>
internal static class RecordCheck
{
    /// <summary>
    /// The most problems that are listed. More would not help, because a person has to look after the first one.
    /// </summary>
    const int MaxProblems = 100;

    /// <summary>What is wrong, in words. Empty: nothing is.</summary>
    public static ValueTask<List<string>> RunAsync(IDatabase database, CancellationToken cancellation) =>
        database.ReadSnapshotAsync(0, static async (session, _, token) =>
        {
            var problems = new List<string>();
            await CheckValuesAsync(session, problems, token);
            await CheckCountsAsync(session, problems, token);
            return problems;
        }, cancellation);

    static async ValueTask CheckValuesAsync(
        ReadSession session, List<string> problems, CancellationToken cancellation)
    {
        var command = session.Command(
            """
            SELECT r.namespace, r.key, r.version, r.salt, r.value, l.entry FROM store_record r
            LEFT JOIN ledger l ON l.workspace_id = r.workspace_id AND l.seq = r.updated_seq
            WHERE r.deleted_at IS NULL
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (problems.Count < MaxProblems && await reader.ReadAsync(cancellation))
        {
            var value = RecordValue.Of(reader.Bytes(4), reader.Bytes(3));
            if (reader.BytesOrNull(5) is not { } entry || !LedgerEncoding.TryDecodeBody(entry, out var vouched)
                || !value.Commitment.AsSpan().SequenceEqual(vouched!.Commitment))
                problems.Add(
                    $"{RecordSpace.ResourceOf(reader.GetString(0), reader.GetString(1))} version {reader.GetInt64(2)} "
                    + "is not what was written");
        }
    }

    static async ValueTask CheckCountsAsync(
        ReadSession session, List<string> problems, CancellationToken cancellation)
    {
        // Tombstones count only as rows, and so do records that were cleared.
        var command = session.Command(
            """
            SELECT n.namespace, n.records, n.bytes, n.stored_rows,
                CAST(SUM(CASE WHEN r.deleted_at IS NULL AND r.updated_seq > n.cleared_seq THEN 1 ELSE 0 END) AS bigint),
                CAST(SUM(CASE WHEN r.deleted_at IS NULL AND r.updated_seq > n.cleared_seq THEN r.size ELSE 0 END)
                    AS bigint),
                COUNT(*)
            FROM store_namespace n
            JOIN store_record r ON r.workspace_id = n.workspace_id AND r.namespace = n.namespace
            GROUP BY n.workspace_id, n.namespace, n.records, n.bytes, n.stored_rows
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (problems.Count < MaxProblems && await reader.ReadAsync(cancellation))
        {
            if (reader.GetInt64(1) != reader.GetInt64(4) || reader.GetInt64(2) != reader.GetInt64(5)
                || reader.GetInt64(3) != reader.GetInt64(6))
                problems.Add($"{RecordSpace.ResourceOf(reader.GetString(0), "")} counts what is not there");
        }
    }
}
