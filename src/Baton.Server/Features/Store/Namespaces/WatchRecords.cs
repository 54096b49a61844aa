using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Http.Parameters;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Following;

namespace Baton.Server.Features.Store.Namespaces;

/// <summary>Tells every change of a namespace, in order: as pages that wait, and as an event stream.</summary>
internal static class WatchRecords
{
    public static async ValueTask<Failure?> AnswerAsync(
        HttpCall call, RecordSpace space, string storedNamespace, string prefix, TimeSpan wait)
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
        return await call.AnswerJsonAsync(
            await FeedPage.ReadAsync(call.Caller, after, limit, watch.Filter, wait, watch.Render));
    }

    public static async ValueTask<Failure?> StreamAsync(
        HttpCall call, RecordSpace space, string storedNamespace, string prefix)
    {
        var (cursor, head) = await FeedPlace.ReadAsync(call);
        if (call.Errors.Any) return call.Errors.ToFailure();
        if (cursor > head) return CursorAhead.Of(cursor.Value, head);
        var watch = new Watch(call.Caller, space.Action("list"), FilterOf(storedNamespace), prefix);
        return await SseStream.FollowAsync(
            call, FeedSource.Of(call.Caller, cursor ?? 0, watch.Filter, opening: null, watch.Render));
    }

    /// <summary>What is watched, and by whom.</summary>
    sealed record Watch(Caller Caller, string Action, FeedFilter Filter, string Prefix)
    {
        public byte[]? Render(FeedEntry entry) => RecordChanges.Render(Caller, Action, Filter, entry, Prefix);
    }

    /// <summary>The filter for everything in a namespace, its clearing included.</summary>
    static FeedFilter FilterOf(string storedNamespace) =>
        FeedFilter.Of(RecordSpace.ResourceOf(storedNamespace, "") + "*");
}
