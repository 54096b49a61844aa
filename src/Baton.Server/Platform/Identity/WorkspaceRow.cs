using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Platform.Identity;

/// <summary>A workspace, with the head of its ledger. Written by every commit.</summary>
internal sealed record WorkspaceRow(
    string WorkspaceId,
    string Name,
    long CreatedAt,
    long HeadSeq,
    byte[] HeadHash,
    long HeadAt,
    long Bytes,
    long IdempotencyCount)
{
    public const string ResourceType = "workspace";

    public static string ResourceOf(string workspaceId) => string.Concat(ResourceType, ":", workspaceId);

    public static readonly Table<string, WorkspaceRow> Table = new()
    {
        Name = "workspace",
        Key = [Column.Text<string>("workspace_id", key => key)],
        Columns =
        [
            Column.Text<WorkspaceRow>("workspace_id", row => row.WorkspaceId),
            Column.Text<WorkspaceRow>("name", row => row.Name),
            Column.Integer<WorkspaceRow>("created_at", row => row.CreatedAt),
            Column.Integer<WorkspaceRow>("head_seq", row => row.HeadSeq),
            Column.Bytes<WorkspaceRow>("head_hash", row => row.HeadHash),
            Column.Integer<WorkspaceRow>("head_at", row => row.HeadAt),
            Column.Integer<WorkspaceRow>("bytes", row => row.Bytes),
            Column.Integer<WorkspaceRow>("idempotency_count", row => row.IdempotencyCount),
        ],
        KeyOf = row => row.WorkspaceId,
        Read = r => new WorkspaceRow(
            r.GetString(0), r.GetString(1), r.GetInt64(2), r.GetInt64(3), r.Bytes(4), r.GetInt64(5), r.GetInt64(6),
            r.GetInt64(7)),
        Weight = row => 200 + row.Name.Length,
    };
}
