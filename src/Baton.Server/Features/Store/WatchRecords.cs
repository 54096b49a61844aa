using System.Globalization;
using System.Text;
using Baton.Server.Platform.Errors;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Http;

namespace Baton.Server.Features.Store;

/// <summary>Tells every change of a namespace, in order: as pages that wait, and as an event stream.</summary>
internal static class WatchRecords
{
    /// <summary>Entries that one request looks at, when it leaves most of them out.</summary>
    const int MaxScanned = 20_000;

    public static async ValueTask<Failure?> AnswerAsync(Call call, string storedNamespace, string prefix, TimeSpan wait)
    {
        var head = await call.Server.Feed.RefreshAsync(call.Actor.WorkspaceId, call.Aborted);
        var after = EventsFeature.ReadAfter(call, ResumePoint.Read(call, isStream: false), head) ?? 0;
        var limit = Paging.ReadLimit(call);
        foreach (var name in (string[])["cursor", "values"])
        {
            if (call.Query.Has(name))
                call.Errors.Add("query:" + name, $"`{name}` belongs to lists; with `after` the answer is changes.");
        }

        if (call.Errors.Any) return call.Errors.ToFailure();
        if (after > head) return EventsFeature.Ahead(after, head);
        var json = new StringBuilder("{\"items\":[");
        var count = 0;
        var filter = FilterOf(storedNamespace);
        Failure? ahead = null;
        var answered = await Waiting.UntilAsync(call, filter, wait, async () =>
        {
            ahead = EventsFeature.FindAhead(call, after);
            if (ahead is not null) return true;
            (after, count, var isAtHead) = await FillAsync(call, filter, prefix, after, limit, json);
            // What was not looked at yet wakes nobody: the reader goes on from where it is.
            return count > 0 || !isAtHead;
        });
        if ((ahead ?? answered.Failure) is { } failure) return failure;
        json.Append(CultureInfo.InvariantCulture, $"],\"next_after\":{after}}}");
        call.SetSeq(Math.Max(after, call.Server.Feed.Head(call.Actor.WorkspaceId)));
        await call.AnswerJsonAsync(200, Encoding.UTF8.GetBytes(json.ToString()));
        return null;
    }

    public static async ValueTask<Failure?> FollowAsync(Call call, string storedNamespace, string prefix)
    {
        var (cursor, head) = await RecordChanges.ReadCursorAsync(call);
        if (call.Errors.Any) return call.Errors.ToFailure();
        if (cursor > head) return EventsFeature.Ahead(cursor.Value, head);
        var filter = FilterOf(storedNamespace);
        return await FeedSource.FollowAsync(
            call, cursor ?? 0, filter, opening: null, entry => RecordChanges.Render(call, filter, entry, prefix));
    }

    /// <summary>
    /// Appends changes after a place; answers the place reached, how many there were, and whether it is the head.
    /// </summary>
    static async ValueTask<(long After, int Count, bool IsAtHead)> FillAsync(
        Call call, FeedFilter filter, string prefix, long after, int limit, StringBuilder json)
    {
        var (count, scanned, commit) = (0, 0, 0L);
        while (count < limit && scanned < MaxScanned && json.Length < Paging.MaxPageBytes)
        {
            var entries =
                await call.Server.Feed.ReadAsync(call.Actor.WorkspaceId, after, Paging.MaxLimit, call.Aborted);
            if (entries.Count == 0) return (after, count, IsAtHead: true);
            foreach (var entry in entries)
            {
                // Over the limit only to the end of the commit that has begun.
                if (count >= limit && after >= commit) return (after, count, IsAtHead: false);
                if (RecordChanges.Render(call, filter, entry, prefix) is { } change)
                {
                    if (count > 0) json.Append(',');
                    json.Append(Encoding.UTF8.GetString(change));
                    count++;
                }

                (after, commit) = (entry.Seq, entry.Entry.CommitSeq);
            }

            scanned += entries.Count;
        }

        return (after, count, IsAtHead: false);
    }

    /// <summary>All of a namespace, its clearing too.</summary>
    static FeedFilter FilterOf(string storedNamespace) =>
        FeedFilter.Of(RecordSpace.ResourceOf(storedNamespace, "") + "*");
}
