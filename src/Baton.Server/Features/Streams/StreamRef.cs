using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane;

namespace Baton.Server.Features.Streams;

/// <summary>A stream as an operation names it, by id or by name; found in the lane, as it is at that moment.</summary>
internal readonly record struct StreamRef(string WorkspaceId, string Text)
{
    /// <summary>Ids are never given again: what is not there under an id never will be.</summary>
    public static bool IsId(string text) => text.StartsWith(Stream.IdPrefix, StringComparison.Ordinal);

    public void Reads(ReadSet reads)
    {
        if (IsId(Text)) reads.Add(StreamRow.Table, new StreamKey(WorkspaceId, Text));
        else reads.Add(StreamNameRow.Table, new StreamNameKey(WorkspaceId, Text));
    }

    /// <summary>Names the row behind a name.</summary>
    public void MoreReads(IRows rows, ReadSet reads)
    {
        if (IsId(Text)) return;
        if (rows.Get(StreamNameRow.Table, new StreamNameKey(WorkspaceId, Text)) is { } name)
            reads.Add(StreamRow.Table, new StreamKey(WorkspaceId, name.StreamId));
    }

    /// <summary>The stream, if it is live.</summary>
    public StreamRow? Find(IRows rows, long now)
    {
        var id = IsId(Text) ? Text : rows.Get(StreamNameRow.Table, new StreamNameKey(WorkspaceId, Text))?.StreamId;
        if (id is null) return null;
        var row = rows.Get(StreamRow.Table, new StreamKey(WorkspaceId, id));
        return row?.IsLive(now) == true ? row : null;
    }
}
