using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Platform.Identity;

/// <summary>A workspace's name, unique on the server.</summary>
internal sealed record WorkspaceNameRow(string Name, string WorkspaceId)
{
    public static readonly Table<string, WorkspaceNameRow> Table = new()
    {
        Name = "workspace_name",
        Key = [Column.Text<string>("name", key => key)],
        Columns =
        [
            Column.Text<WorkspaceNameRow>("name", row => row.Name),
            Column.Text<WorkspaceNameRow>("workspace_id", row => row.WorkspaceId),
        ],
        KeyOf = row => row.Name,
        Read = r => new WorkspaceNameRow(r.GetString(0), r.GetString(1)),
        Weight = row => 100 + row.Name.Length,
        IsImmutable = true,
    };
}
