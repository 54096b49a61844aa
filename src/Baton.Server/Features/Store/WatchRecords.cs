using System.Globalization;
using System.Text;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Reading;

namespace Baton.Server.Features.Store;

/// <summary>Tells every change of a namespace, in order: as pages that wait, and as an event stream.</summary>
internal static class WatchRecords
{
    /// <summary>Entries that one request looks at, when it leaves most of them out.</summary>
    const int MaxScanned = 20_000;

    public static async ValueTask<Failure?> AnswerAsync(
        Call call, RecordSpace space, string storedNamespace, string prefix, TimeSpan wait)
    {
        var (cursor, head) = await FeedPlace.ReadAsync(call, isStream: false);
        var after = cursor ?? 0;
        var limit = Paging.ReadLimit(call);
        foreach (var name in (string[])["cursor", "values"])
        {
            if (call.Query.Has(name))
                call.Errors.Add("query:" + name, $"`{name}` belongs to lists; with `after` the answer is changes.");
        }

        if (call.Errors.Any) return call.Errors.ToFailure();
        if (after > head) return CursorAhead.Of(after, head);
        var watch = new Watch(call.Caller, space.Action("list"), FilterOf(storedNamespace), prefix);
        return await call.AnswerJsonAsync(await ReadAsync(watch, after, limit, wait));
    }

    /// <summary>A page of the changes after a commit, as JSON; waits for it if there is nothing.</summary>
    static async ValueTask<Outcome<ReadOnlyMemory<byte>>> ReadAsync(Watch watch, long after, int limit, TimeSpan wait)
    {
        var caller = watch.Caller;
        var json = new StringBuilder("{\"items\":[");
        var count = 0;
        Failure? ahead = null;
        var answered = await Waiting.UntilAsync(caller, watch.Filter, wait, async () =>
        {
            ahead = CursorAhead.Find(caller, after);
            if (ahead is not null) return true;
            (after, count, var isAtHead) = await FillAsync(watch, after, limit, json);
            // What was not looked at yet wakes nobody: the reader goes on from where it is.
            return count > 0 || !isAtHead;
        });
        if ((ahead ?? answered.Failure) is { } failure) return failure;
        json.Append(CultureInfo.InvariantCulture, $"],\"next_after\":{after}}}");
        caller.Includes(Math.Max(after, caller.Services.Feed.Head(caller.WorkspaceId)));
        return (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(json.ToString());
    }

    public static async ValueTask<Failure?> StreamAsync(
        Call call, RecordSpace space, string storedNamespace, string prefix)
    {
        var (cursor, head) = await FeedPlace.ReadAsync(call);
        if (call.Errors.Any) return call.Errors.ToFailure();
        if (cursor > head) return CursorAhead.Of(cursor.Value, head);
        var watch = new Watch(call.Caller, space.Action("list"), FilterOf(storedNamespace), prefix);
        return await SseStream.FollowAsync(
            call, FeedSource.Of(call.Caller, cursor ?? 0, watch.Filter, opening: null, watch.Render));
    }

    /// <summary>What is watched, by whom.</summary>
    sealed record Watch(Caller Caller, string Action, FeedFilter Filter, string Prefix)
    {
        public byte[]? Render(FeedEntry entry) => RecordChanges.Render(Caller, Action, Filter, entry, Prefix);
    }

    /// <summary>
    /// Appends changes after a place; answers the place reached, how many there were, and whether it is the head.
    /// </summary>
    static async ValueTask<(long After, int Count, bool IsAtHead)> FillAsync(
        Watch watch, long after, int limit, StringBuilder json)
    {
        var (count, scanned, commit) = (0, 0, 0L);
        while (count < limit && scanned < MaxScanned && json.Length < Paging.MaxPageBytes)
        {
            var entries = await watch.Caller.Services.Feed.ReadAsync(
                watch.Caller.WorkspaceId, after, Paging.MaxLimit, watch.Caller.Aborted);
            if (entries.Count == 0) return (after, count, IsAtHead: true);
            foreach (var entry in entries)
            {
                // Over the limit only to the end of the commit that has begun.
                if (count >= limit && after >= commit) return (after, count, IsAtHead: false);
                if (watch.Render(entry) is { } change)
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
