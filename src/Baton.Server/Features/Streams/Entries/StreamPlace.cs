using System.Globalization;
using Baton.Contracts.Streams;
using Baton.Server.Platform.Basics;

namespace Baton.Server.Features.Streams.Entries;

/// <summary>Where a reader is in a stream.</summary>
/// <param name="After">The last entry that it has; null: none, it begins with the oldest.</param>
/// <param name="IsNow">Whether the reader has everything that exists now.</param>
/// <param name="StreamId">The stream that the cursor names; null: it names none.</param>
internal sealed record StreamPlace(long? After, bool IsNow, string? StreamId)
{
    public static readonly StreamPlace Beginning = new(After: null, IsNow: false, StreamId: null);

    /// <summary>
    /// Whether the reader has seen the stream before: if it does not exist now, it is gone, and another one may get its
    /// name.
    /// </summary>
    public bool IsOfSomeStream => StreamId is not null || After > 0;

    /// <summary>
    /// Whether only the newest entry is wanted, so that it does not matter whether those in between still exist.
    /// </summary>
    public bool IsAnyAge { get; init; }

    public static StreamPlace At(long after) => new(after, IsNow: false, StreamId: null);

    /// <summary>The place that a request names, which has the right form; null: it names none.</summary>
    public static StreamPlace Of(string? after)
    {
        if (after is null) return Beginning;
        return StreamPlaceFormAttribute.TryRead(after, out var streamId, out var entryId)
            ? new StreamPlace(entryId, IsNow: false, streamId)
            : new StreamPlace(After: null, IsNow: true, StreamId: null);
    }

    /// <summary>
    /// A place as pages and events tell it. It names its stream, so that it is not taken for a place in another one.
    /// </summary>
    public static string TextOf(string streamId, long after) =>
        string.Create(CultureInfo.InvariantCulture, $"{streamId}:{after}");

    /// <summary>The last entry that the reader has, or why its place is none of this stream's.</summary>
    /// <param name="row">The stream.</param>
    /// <param name="first">The oldest entry that is there.</param>
    public Outcome<long> Resolve(StreamRow row, long first)
    {
        if (IsNow) return row.LastEntry;
        if (After is not { } after) return first - 1;
        if (StreamId is not null && StreamId != row.StreamId) return StreamFailures.OtherStream(StreamId, row.StreamId);
        if (after > row.LastEntry) return StreamFailures.Ahead(after, row.LastEntry);
        // Entries are never skipped silently: the reader is told which ones it has lost.
        return after + 1 < first && !IsAnyAge ? StreamFailures.Pruned(after, first) : Math.Max(after, first - 1);
    }
}
