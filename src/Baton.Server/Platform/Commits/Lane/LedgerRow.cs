using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Platform.Commits.Lane;

internal readonly record struct LedgerKey(string WorkspaceId, long Seq);

/// <summary>A stored ledger entry: its encoding without the last field, which is the hash of the row before.</summary>
internal sealed record LedgerRow(string WorkspaceId, long Seq, byte[] Entry, byte[] Hash)
{
    public static readonly Table<LedgerKey, LedgerRow> Table = new()
    {
        Name = "ledger",
        Key =
        [
            Column.Text<LedgerKey>("workspace_id", key => key.WorkspaceId),
            Column.Integer<LedgerKey>("seq", key => key.Seq),
        ],
        Columns =
        [
            Column.Text<LedgerRow>("workspace_id", row => row.WorkspaceId),
            Column.Integer<LedgerRow>("seq", row => row.Seq),
            Column.Bytes<LedgerRow>("entry", row => row.Entry),
            Column.Bytes<LedgerRow>("hash", row => row.Hash),
        ],
        KeyOf = row => new LedgerKey(row.WorkspaceId, row.Seq),
        Read = r => new LedgerRow(r.GetString(0), r.GetInt64(1), r.Bytes(2), r.Bytes(3)),
    };
}
