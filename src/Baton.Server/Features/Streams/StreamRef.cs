using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;

namespace Baton.Server.Features.Streams;

/// <summary>A stream as an operation names it, by id or by name; found in the lane, as it is at that moment.</summary>
internal readonly record struct StreamRef(string WorkspaceId, string Text)
{
    /// <summary>
    /// Whether a text has the form of an id. Ids are never given again, so a stream that does not exist under an id
    /// never will.
    /// </summary>
    public static bool IsId(string text) => text.StartsWith(Stream.IdPrefix, StringComparison.Ordinal);

    /// <summary>Names the stream's row.</summary>
    public void Read(ReadSet reads)
    {
        if (KeyIn(reads) is { } key) reads.Add(StreamRow.Table, key);
    }

    /// <summary>Names the stream's row. Null where it is not there, or not known yet.</summary>
    public StreamRow? Find(ReadSet reads) => KeyIn(reads) is { } key ? reads.Find(StreamRow.Table, key) : null;

    /// <summary>The stream, if it is live.</summary>
    public StreamRow? Find(UnitOfWork work)
    {
        var id = IsId(Text) ? Text : work.Get(StreamNameRow.Table, new StreamNameKey(WorkspaceId, Text))?.StreamId;
        if (id is null) return null;
        var row = work.Get(StreamRow.Table, new StreamKey(WorkspaceId, id));
        return row?.IsLive(work.Now) == true ? row : null;
    }

    StreamKey? KeyIn(ReadSet reads) =>
        IsId(Text) ? new StreamKey(WorkspaceId, Text)
        : reads.Find(StreamNameRow.Table, new StreamNameKey(WorkspaceId, Text)) is { } name
            ? new StreamKey(WorkspaceId, name.StreamId)
            : null;
}
