using Baton.Server.Features.Store.Records;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Store.Claims.Indexes;

internal readonly record struct ClaimableKey(
    string WorkspaceId, string Namespace, long Shape, string Matched, long CreatedSeq, string Key)
{
    public RecordKey RecordKey => new(WorkspaceId, Namespace, Key);
}

/// <summary>The entry of a record that can be claimed in one shape. It is derived from the record.</summary>
internal sealed record ClaimableRow(ClaimableKey Id)
{
    public static readonly Table<ClaimableKey, ClaimableRow> Table = new()
    {
        Name = "store_claimable",
        Key =
        [
            Column.Text<ClaimableKey>("workspace_id", key => key.WorkspaceId),
            Column.Text<ClaimableKey>("namespace", key => key.Namespace),
            Column.Integer<ClaimableKey>("shape", key => key.Shape),
            Column.Text<ClaimableKey>("matched", key => key.Matched),
            Column.Integer<ClaimableKey>("created_seq", key => key.CreatedSeq),
            Column.Text<ClaimableKey>("key", key => key.Key),
        ],
        Columns =
        [
            Column.Text<ClaimableRow>("workspace_id", row => row.Id.WorkspaceId),
            Column.Text<ClaimableRow>("namespace", row => row.Id.Namespace),
            Column.Integer<ClaimableRow>("shape", row => row.Id.Shape),
            Column.Text<ClaimableRow>("matched", row => row.Id.Matched),
            Column.Integer<ClaimableRow>("created_seq", row => row.Id.CreatedSeq),
            Column.Text<ClaimableRow>("key", row => row.Id.Key),
        ],
        KeyOf = row => row.Id,
        Read = r => new ClaimableRow(new ClaimableKey(
            r.GetString(0), r.GetString(1), r.GetInt64(2), r.GetString(3), r.GetInt64(4), r.GetString(5))),
    };
}
