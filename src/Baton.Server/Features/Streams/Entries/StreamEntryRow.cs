using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Streams.Entries;

internal readonly record struct StreamEntryKey(string WorkspaceId, string StreamId, long EntryId);

/// <summary>One entry of a stream. Never changes.</summary>
/// <param name="WorkspaceId">The workspace.</param>
/// <param name="StreamId">The stream.</param>
/// <param name="EntryId">1, 2, 3 … in the stream, without gaps.</param>
/// <param name="Seq">The ledger entry, and commit, of its append.</param>
/// <param name="CreatedAt">When; never before the entry before it.</param>
/// <param name="CreatedBy">Who.</param>
/// <param name="Label">Null for none.</param>
/// <param name="Salt">Of the append's commitment, on the first of its entries; null on the others.</param>
/// <param name="Data">The JSON value as it came.</param>
internal sealed record StreamEntryRow(
    string WorkspaceId, string StreamId, long EntryId, long Seq, long CreatedAt, string CreatedBy, string? Label,
    byte[]? Salt, byte[] Data)
{
    /// <summary>The columns in the order in which <see cref="Table"/> reads them.</summary>
    public static readonly Table<StreamEntryKey, StreamEntryRow> Table = new()
    {
        Name = "stream_entry",
        Key =
        [
            Column.Text<StreamEntryKey>("workspace_id", key => key.WorkspaceId),
            Column.Text<StreamEntryKey>("stream_id", key => key.StreamId),
            Column.Integer<StreamEntryKey>("entry_id", key => key.EntryId),
        ],
        Columns =
        [
            Column.Text<StreamEntryRow>("workspace_id", row => row.WorkspaceId),
            Column.Text<StreamEntryRow>("stream_id", row => row.StreamId),
            Column.Integer<StreamEntryRow>("entry_id", row => row.EntryId),
            Column.Integer<StreamEntryRow>("seq", row => row.Seq),
            Column.Integer<StreamEntryRow>("created_at", row => row.CreatedAt),
            Column.Text<StreamEntryRow>("created_by", row => row.CreatedBy),
            Column.Text<StreamEntryRow>("label", row => row.Label),
            Column.Bytes<StreamEntryRow>("salt", row => row.Salt),
            Column.Bytes<StreamEntryRow>("data", row => row.Data),
        ],
        KeyOf = row => new StreamEntryKey(row.WorkspaceId, row.StreamId, row.EntryId),
        Read = r => new StreamEntryRow(
            r.GetString(0), r.GetString(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetString(5),
            r.TextOrNull(6), r.BytesOrNull(7), r.Bytes(8)),
    };
}
