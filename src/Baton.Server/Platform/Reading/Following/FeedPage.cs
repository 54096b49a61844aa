using System.Globalization;
using System.Text;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Reading.Pages;
using Baton.Server.Platform.Reading.Waits;

namespace Baton.Server.Platform.Reading.Following;

/// <summary>A page of the feed's entries that match a filter, waited for if there is none.</summary>
internal static class FeedPage
{
    /// <summary>The most entries that one request looks at; its filter may leave most of them out.</summary>
    const int MaxScanned = 20_000;

    /// <summary>The page as JSON, with `items` and `next_after`.</summary>
    /// <param name="caller">Who reads.</param>
    /// <param name="after">The place; entries after it are told.</param>
    /// <param name="limit">At most so many, and then to the end of the commit that has begun.</param>
    /// <param name="filter">What is wanted.</param>
    /// <param name="wait">How long to wait for the first; zero: not at all.</param>
    /// <param name="render">An entry as an item; null leaves it out.</param>
    public static async ValueTask<Outcome<ReadOnlyMemory<byte>>> ReadAsync(
        Caller caller, long after, int limit, FeedFilter filter, TimeSpan wait, Func<FeedEntry, byte[]?> render)
    {
        var json = new StringBuilder("{\"items\":[");
        var count = 0;
        Failure? ahead = null;
        var answered = await Waiting.UntilAsync(caller, filter, wait, async () =>
        {
            ahead = CursorAhead.Find(caller, after);
            if (ahead is not null) return true;
            (after, count, var isAtHead) = await FillAsync(caller, after, limit, filter, render, json);
            // If there are entries that were not looked at yet, nobody would wake the reader: it gets its new place at
            // once.
            return count > 0 || !isAtHead;
        });
        if ((ahead ?? answered.Failure) is { } failure) return failure;
        json.Append(CultureInfo.InvariantCulture, $"],\"next_after\":{after}}}");
        caller.Includes(Math.Max(after, caller.Services.Feed.Head(caller.WorkspaceId)));
        return (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(json.ToString());
    }

    /// <summary>
    /// Appends what matches after a place; answers the place reached, how many matched, and whether it is the head.
    /// </summary>
    static async ValueTask<(long After, int Count, bool IsAtHead)> FillAsync(
        Caller caller, long after, int limit, FeedFilter filter, Func<FeedEntry, byte[]?> render, StringBuilder json)
    {
        var (count, scanned, commit) = (0, 0, 0L);
        while (count < limit && scanned < MaxScanned && json.Length < PageBounds.MaxBytes)
        {
            var wanted = filter.IsEverything ? limit - count : PageBounds.MaxItems;
            var entries = await caller.Services.Feed.ReadAsync(caller.WorkspaceId, after, wanted, caller.Aborted);
            if (entries.Count == 0) return (after, count, IsAtHead: true);
            foreach (var entry in entries)
            {
                // A page exceeds its limit only up to the end of a commit.
                if (count >= limit && after >= commit) return (after, count, IsAtHead: false);
                if (render(entry) is { } item)
                {
                    if (count > 0) json.Append(',');
                    json.Append(Encoding.UTF8.GetString(item));
                    count++;
                }

                (after, commit) = (entry.Seq, entry.Entry.CommitSeq);
            }

            scanned += entries.Count;
        }

        return (after, count, IsAtHead: false);
    }
}
