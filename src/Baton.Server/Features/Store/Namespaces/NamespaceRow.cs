using Baton.Contracts.Store;
using Baton.Server.Features.Store.Claims.Indexes;
using Baton.Server.Features.Store.Records;
using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Store.Namespaces;

internal readonly record struct NamespaceKey(string WorkspaceId, string Namespace)
{
    public RecordKey RecordKeyOf(string key) => new(WorkspaceId, Namespace, key);
}

/// <summary>
/// A namespace with its counts. Every commit that touches the namespace writes them, so that nothing has to be scanned
/// for them.
/// </summary>
/// <param name="WorkspaceId">Its workspace.</param>
/// <param name="Namespace">The namespace as <see cref="RecordSpace.StoredNamespace"/> makes it.</param>
/// <param name="Records">
/// How many records are in it. Those that have expired count until the due-queue comes to them.
/// </param>
/// <param name="Bytes">The bytes of their values.</param>
/// <param name="HeldBytes">The bytes that they are charged to the workspace.</param>
/// <param name="StoredRows">
/// How many rows of it there are, tombstones and cleared records included. When none is left, the row of the namespace
/// is deleted.
/// </param>
/// <param name="ClearedSeq">
/// The ledger entry by which it was last cleared: records that were written up to it are gone. 0: it was never cleared.
/// </param>
/// <param name="ClearedAt">When it was last cleared.</param>
/// <param name="UpdatedAt">When anything in it was last changed.</param>
/// <param name="UpdatedSeq">The ledger entry of the last change.</param>
internal sealed record NamespaceRow(
    string WorkspaceId,
    string Namespace,
    long Records,
    long Bytes,
    long HeldBytes,
    long StoredRows,
    long ClearedSeq,
    long ClearedAt,
    long UpdatedAt,
    long UpdatedSeq)
{
    /// <summary>The shapes by which its records are claimed.</summary>
    public ClaimShapes Shapes { get; init; } = ClaimShapes.None;

    public NamespaceKey Id => new(WorkspaceId, Namespace);

    public static NamespaceRow Empty(NamespaceKey key) => new(
        key.WorkspaceId, key.Namespace, Records: 0, Bytes: 0, HeldBytes: 0, StoredRows: 0, ClearedSeq: 0, ClearedAt: 0,
        UpdatedAt: 0, UpdatedSeq: 0);

    public NamespaceInfo ToInfo() => new()
    {
        Namespace = RecordSpace.WireName(Namespace),
        Records = Records,
        Bytes = Bytes,
        UpdatedAt = Micros.ToTime(UpdatedAt),
    };

    public static readonly Table<NamespaceKey, NamespaceRow> Table = new()
    {
        Name = "store_namespace",
        Key =
        [
            Column.Text<NamespaceKey>("workspace_id", key => key.WorkspaceId),
            Column.Text<NamespaceKey>("namespace", key => key.Namespace),
        ],
        Columns =
        [
            Column.Text<NamespaceRow>("workspace_id", row => row.WorkspaceId),
            Column.Text<NamespaceRow>("namespace", row => row.Namespace),
            Column.Integer<NamespaceRow>("records", row => row.Records),
            Column.Integer<NamespaceRow>("bytes", row => row.Bytes),
            Column.Integer<NamespaceRow>("held_bytes", row => row.HeldBytes),
            Column.Integer<NamespaceRow>("stored_rows", row => row.StoredRows),
            Column.Integer<NamespaceRow>("cleared_seq", row => row.ClearedSeq),
            Column.Integer<NamespaceRow>("cleared_at", row => row.ClearedAt),
            Column.Integer<NamespaceRow>("updated_at", row => row.UpdatedAt),
            Column.Integer<NamespaceRow>("updated_seq", row => row.UpdatedSeq),
            Column.Bytes<NamespaceRow>("claim_shapes", row => row.Shapes.ToBytes()),
        ],
        KeyOf = row => row.Id,
        Read = r => new NamespaceRow(
            r.GetString(0), r.GetString(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5), r.GetInt64(6),
            r.GetInt64(7), r.GetInt64(8), r.GetInt64(9))
        {
            Shapes = ClaimShapes.FromBytes(r.BytesOrNull(10)),
        },
        Weight = row => 200 + (2 * row.Namespace.Length) + (400 * row.Shapes.All.Count),
    };
}
