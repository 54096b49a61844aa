using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Streams;

internal readonly record struct StreamNameKey(string WorkspaceId, string Name);

/// <summary>The stream that has a name. If it has expired, another stream may take the name.</summary>
internal sealed record StreamNameRow(string WorkspaceId, string Name, string StreamId)
{
    public static readonly Table<StreamNameKey, StreamNameRow> Table = new()
    {
        Name = "stream_name",
        Key =
        [
            Column.Text<StreamNameKey>("workspace_id", key => key.WorkspaceId),
            Column.Text<StreamNameKey>("name", key => key.Name),
        ],
        Columns =
        [
            Column.Text<StreamNameRow>("workspace_id", row => row.WorkspaceId),
            Column.Text<StreamNameRow>("name", row => row.Name),
            Column.Text<StreamNameRow>("stream_id", row => row.StreamId),
        ],
        KeyOf = row => new StreamNameKey(row.WorkspaceId, row.Name),
        Read = r => new StreamNameRow(r.GetString(0), r.GetString(1), r.GetString(2)),
        Weight = row => 150 + row.Name.Length,
    };
}
