using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Platform.Commits.Due;

internal readonly record struct DueKey(string WorkspaceId, long DueAt, string Kind, string Resource);

/// <summary>Something that is to happen at a time.</summary>
internal sealed record DueRow(string WorkspaceId, long DueAt, string Kind, string Resource)
{
    public static readonly Table<DueKey, DueRow> Table = new()
    {
        Name = "due",
        Key =
        [
            Column.Text<DueKey>("workspace_id", key => key.WorkspaceId),
            Column.Integer<DueKey>("due_at", key => key.DueAt),
            Column.Text<DueKey>("kind", key => key.Kind),
            Column.Text<DueKey>("resource", key => key.Resource),
        ],
        Columns =
        [
            Column.Text<DueRow>("workspace_id", row => row.WorkspaceId),
            Column.Integer<DueRow>("due_at", row => row.DueAt),
            Column.Text<DueRow>("kind", row => row.Kind),
            Column.Text<DueRow>("resource", row => row.Resource),
        ],
        KeyOf = row => new DueKey(row.WorkspaceId, row.DueAt, row.Kind, row.Resource),
        Read = r => new DueRow(r.GetString(0), r.GetInt64(1), r.GetString(2), r.GetString(3)),
    };
}
