using Baton.Server.Features.Store.Records;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lifetimes;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Store.Claims;

internal readonly record struct ClaimKey(string WorkspaceId, string ClaimId);

/// <summary>
/// The claim of a record by somebody who works on it. It is held as long as the record names it. A record that was
/// deleted, cleared or has expired has ended its claim; the row is then deleted when the lease ends.
/// </summary>
internal sealed record ClaimRow
{
    public const string ResourceType = "claim";

    public static readonly Leases Leases = new(ExpireLease.Kind);

    public required string WorkspaceId { get; init; }

    public required string ClaimId { get; init; }

    public required string Namespace { get; init; }

    public required string Key { get; init; }

    /// <summary>Who works on the record, and until when.</summary>
    public required Lease Lease { get; init; }

    /// <summary>What is put back when the claim is released or expires: see <see cref="ClaimUndo"/>.</summary>
    public required byte[] Undo { get; init; }

    /// <summary>
    /// The bytes that the row is charged to the workspace, which are given back when it is deleted. 0: the claim undoes
    /// nothing, or it was made by a server that charged nothing.
    /// </summary>
    public required long CountedBytes { get; init; }

    public ClaimKey Id => new(WorkspaceId, ClaimId);

    /// <summary>The resource of a claim by its id, as a request names it.</summary>
    public static string ResourceOf(string claimId) => string.Concat(ResourceType, ":", claimId);

    public RecordKey RecordKey => new(WorkspaceId, Namespace, Key);

    /// <summary>Deletes the row of a claim that is over, and gives back the bytes that it was charged.</summary>
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
