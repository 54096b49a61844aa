using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Storage.Readers;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Store.Claims.Indexes;

/// <summary>The records of a shape that have the same values and can be claimed, oldest first.</summary>
/// <param name="WorkspaceId">The workspace.</param>
/// <param name="Namespace">The namespace as its rows have it.</param>
/// <param name="Shape">The number of the shape.</param>
/// <param name="Matched">The values, as <see cref="MatchedValues"/> makes one text of them.</param>
/// <param name="AfterSeq">Only records that were created after this ledger entry. 0: all records.</param>
internal sealed record ClaimableRange(
    string WorkspaceId, string Namespace, long Shape, string Matched, long AfterSeq)
    : IRowRange<ClaimableKey>
{
    /// <summary>
    /// The most bytes of values that one read stands for. Where records are large, it reads fewer of them.
    /// </summary>
    const long MaxBytes = 32 * 1024 * 1024;

    // No two records of a workspace were created by the same entry, so the seq alone orders them.
    static readonly Comparer<ClaimableKey> s_oldestFirst =
        Comparer<ClaimableKey>.Create((a, b) => a.CreatedSeq.CompareTo(b.CreatedSeq));

    public IComparer<ClaimableKey> Order => s_oldestFirst;

    public bool Holds(ClaimableKey key) =>
        key.Shape == Shape && key.CreatedSeq > AfterSeq && key.Matched == Matched && key.Namespace == Namespace
        && key.WorkspaceId == WorkspaceId;

    public async ValueTask<(List<ClaimableKey> Keys, bool IsCut)> ReadAsync(ReadSession session, int limit)
    {
        // The size by a look-up for each: what is joined could be read in any order.
        var command = session.Command(
            """
            SELECT created_seq, key, (
                SELECT size FROM store_record WHERE store_record.workspace_id = store_claimable.workspace_id
                    AND store_record.namespace = store_claimable.namespace
                    AND store_record.key = store_claimable.key)
            FROM store_claimable
            WHERE workspace_id = @workspace_id AND namespace = @namespace AND shape = @shape AND matched = @matched
                AND created_seq > @after
            ORDER BY created_seq, key LIMIT @limit
            """,
            ("@workspace_id", WorkspaceId), ("@namespace", Namespace), ("@shape", Shape), ("@matched", Matched),
            ("@after", AfterSeq), ("@limit", (long)limit));
        var (keys, bytes) = (new List<ClaimableKey>(), 0L);
        await using var reader = await command.ExecuteReaderAsync();
        while (bytes < MaxBytes && await reader.ReadAsync())
        {
            keys.Add(new ClaimableKey(
                WorkspaceId, Namespace, Shape, Matched, reader.GetInt64(0), reader.GetString(1)));
            bytes += reader.IntegerOrNull(2) ?? 0;
        }

        return (keys, bytes >= MaxBytes || keys.Count == limit);
    }
}
