using System.Globalization;
using System.Text.RegularExpressions;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Http;

namespace Baton.Server.Features.Streams.Entries;

/// <summary>Where a reader is in a stream.</summary>
/// <param name="After">The last entry that it has; null: none, it begins with the oldest.</param>
/// <param name="IsNow">Whether the reader has everything that exists now.</param>
/// <param name="StreamId">The stream that the cursor names; null: it names none.</param>
internal sealed partial record StreamPlace(long? After, bool IsNow, string? StreamId)
{
    public static readonly StreamPlace Beginning = new(After: null, IsNow: false, StreamId: null);

    const string Pattern = "now|(str_[0-9a-z]+:)?[0-9]{1,19}";

    public static readonly ParameterSpec Parameter = new(
        "after", "string",
        "Where to begin: behind the place of a `next_after` or an event's `id`, or behind the entry of a number; "
        + "`now`: behind the newest.")
    {
        Pattern = $"^({Pattern})$",
    };

    public static readonly ParameterSpec LastEventId = HandReadResumePoint.HeaderOf(
        Pattern, "`lastEventId`, `after` and `consumer`");

    public static readonly ParameterSpec LastEventIdInQuery = HandReadResumePoint.ParameterOf(Pattern);

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

    /// <summary>
    /// A place as pages and events tell it. It names its stream, so that it is not taken for a place in another one.
    /// </summary>
    public static string TextOf(string streamId, long after) =>
        string.Create(CultureInfo.InvariantCulture, $"{streamId}:{after}");

    /// <summary>Reads the place: from `Last-Event-ID` if an event stream is wanted, or from `after`.</summary>
    public static StreamPlace Read(HttpCall call, bool isStream)
    {
        var point = HandReadResumePoint.Read(call, isStream);
        if (point.Text is not { } text) return Beginning;
        var match = Form().Match(text);
        if (!match.Success || !long.TryParse(
            match.Groups["entry"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var after))
        {
            if (text == "now") return new StreamPlace(After: null, IsNow: true, StreamId: null);
            point.Refuse(call, "an entry's id, an event's id, or `now`");
            return Beginning;
        }

        var stream = match.Groups["stream"];
        return new StreamPlace(after, IsNow: false, stream.Success ? stream.Value : null);
    }

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

    [GeneratedRegex(@"\A((?<stream>str_[0-9a-z]+):)?(?<entry>[0-9]{1,19})\z")]
    private static partial Regex Form();
}
