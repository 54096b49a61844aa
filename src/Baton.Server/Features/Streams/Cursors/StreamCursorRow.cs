using Baton.Contracts.Streams;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Streams.Cursors;

internal readonly record struct StreamCursorKey(string WorkspaceId, string StreamId, string Consumer);

/// <summary>The place of a named reader. Operational: durable, not in the ledger.</summary>
internal sealed record StreamCursorRow(
    string WorkspaceId, string StreamId, string Consumer, long EntryId, long UpdatedAt, string UpdatedBy)
{
    public StreamCursor ToCursor() => new(Consumer, EntryId, Micros.ToTime(UpdatedAt), UpdatedBy);

    public static readonly Table<StreamCursorKey, StreamCursorRow> Table = new()
    {
        Name = "stream_cursor",
        Key =
        [
            Column.Text<StreamCursorKey>("workspace_id", key => key.WorkspaceId),
            Column.Text<StreamCursorKey>("stream_id", key => key.StreamId),
            Column.Text<StreamCursorKey>("consumer", key => key.Consumer),
        ],
        Columns =
        [
            Column.Text<StreamCursorRow>("workspace_id", row => row.WorkspaceId),
            Column.Text<StreamCursorRow>("stream_id", row => row.StreamId),
            Column.Text<StreamCursorRow>("consumer", row => row.Consumer),
            Column.Integer<StreamCursorRow>("entry_id", row => row.EntryId),
            Column.Integer<StreamCursorRow>("updated_at", row => row.UpdatedAt),
            Column.Text<StreamCursorRow>("updated_by", row => row.UpdatedBy),
        ],
        KeyOf = row => new StreamCursorKey(row.WorkspaceId, row.StreamId, row.Consumer),
        Read = r => new StreamCursorRow(
            r.GetString(0), r.GetString(1), r.GetString(2), r.GetInt64(3), r.GetInt64(4), r.GetString(5)),
    };
}
