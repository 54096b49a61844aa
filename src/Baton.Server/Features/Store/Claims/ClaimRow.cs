using Baton.Server.Features.Store.Records;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lifetimes;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Features.Store.Claims;

internal readonly record struct ClaimKey(string WorkspaceId, string ClaimId);

/// <summary>
/// The claim of a record by somebody who works on it. It holds while the record names it: a record that was deleted,
/// cleared or expired has ended its claim, and the row is deleted when its lease ends.
/// </summary>
internal sealed record ClaimRow
{
    public const string ResourceType = "claim";

    public static readonly Leases Leases = new(ExpireLease.Kind);

    public required string WorkspaceId { get; init; }

    public required string ClaimId { get; init; }

    public required string Namespace { get; init; }

    public required string Key { get; init; }

    /// <summary>Who works on it, and until when.</summary>
    public required Lease Lease { get; init; }

    /// <summary>What is put back when it is released: see <see cref="ClaimUndo"/>.</summary>
    public required byte[] Undo { get; init; }

    /// <summary>
    /// Bytes of it that were charged to the workspace, and go back when the row goes; 0 where it undoes nothing, and in
    /// rows of servers that charged nothing.
    /// </summary>
    public required long CountedBytes { get; init; }

    public ClaimKey Id => new(WorkspaceId, ClaimId);

    /// <summary>The resource of a claim's id, as a request names it.</summary>
    public static string ResourceOf(string claimId) => string.Concat(ResourceType, ":", claimId);

    public RecordKey RecordKey => new(WorkspaceId, Namespace, Key);

    /// <summary>The claim is over: nothing of it stays, and what it was charged goes back.</summary>
    public void Forget(UnitOfWork work)
    {
        Leases.End(work, ClaimId, Lease);
        work.Delete(Table, Id);
        work.AddBytes(-CountedBytes);
    }

    public static readonly Table<ClaimKey, ClaimRow> Table = new()
    {
        Name = "store_claim",
        Key =
        [
            Column.Text<ClaimKey>("workspace_id", key => key.WorkspaceId),
            Column.Text<ClaimKey>("claim_id", key => key.ClaimId),
        ],
        Columns =
        [
            Column.Text<ClaimRow>("workspace_id", row => row.WorkspaceId),
            Column.Text<ClaimRow>("claim_id", row => row.ClaimId),
            Column.Text<ClaimRow>("namespace", row => row.Namespace),
            Column.Text<ClaimRow>("key", row => row.Key),
            Column.Integer<ClaimRow>("fence", row => row.Lease.Fence),
            Column.Text<ClaimRow>("holder", row => row.Lease.Holder),
            Column.Integer<ClaimRow>("claimed_at", row => row.Lease.TakenAt),
            Column.Integer<ClaimRow>("lease_until", row => row.Lease.Until),
            Column.Bytes<ClaimRow>("undo", row => row.Undo),
            Column.Integer<ClaimRow>("counted_bytes", row => row.CountedBytes),
        ],
        KeyOf = row => row.Id,
        Read = r => new ClaimRow
        {
            WorkspaceId = r.GetString(0),
            ClaimId = r.GetString(1),
            Namespace = r.GetString(2),
            Key = r.GetString(3),
            Lease = new Lease(
                Fence: r.GetInt64(4), Holder: r.GetString(5), TakenAt: r.GetInt64(6), Until: r.GetInt64(7)),
            Undo = r.Bytes(8),
            CountedBytes = r.GetInt64(9),
        },
        Weight = row => 400 + (2 * (row.Namespace.Length + row.Key.Length)) + row.Undo.Length,
    };
}
