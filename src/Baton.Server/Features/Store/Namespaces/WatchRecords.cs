using Baton.Contracts.Requests;
using Baton.Contracts.Store;
using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Following;

namespace Baton.Server.Features.Store.Namespaces;

/// <summary>Tells every change of a namespace, in order: as pages that wait, and as an event stream.</summary>
internal static class WatchRecords
{
    /// <summary>A page of what came after a place, as JSON; waits for it if there is nothing.</summary>
    public static async ValueTask<Outcome<ReadAnswer>> ReadAsync(
        Caller caller, string action, RecordListRequest request)
    {
        var place = await SeqPlace.OfAsync(caller, request.After);
        if (place.Failure is { } ahead) return ahead;
        var watch = WatchOf(caller, action, request);
        var page = await FeedPage.ReadAsync(
            caller, place.Value.After ?? 0, (int)(request.Limit ?? PageRequest.DefaultLimit), watch.Filter,
            TimeSpan.FromSeconds(request.Wait ?? 0), watch.Render);
        return page.Failure is { } failure ? failure : ReadAnswer.OfJson(page.Value);
    }

    /// <summary>Follows what comes after a place; without one, after the beginning.</summary>
    public static async ValueTask<Outcome<SseSource>> FollowAsync(
        Caller caller, string action, RecordListRequest request)
    {
        var place = await SeqPlace.OfAsync(caller, request.After);
        if (place.Failure is { } ahead) return ahead;
        var watch = WatchOf(caller, action, request);
        return FeedSource.Of(caller, place.Value.After ?? 0, watch.Filter, opening: null, watch.Render);
    }

    static Watch WatchOf(Caller caller, string action, RecordListRequest request) => new(
        caller, action, FilterOf(RecordSpace.StoredNamespaceOf(request)), request.Prefix ?? "");

    /// <summary>What is watched, and by whom.</summary>
    sealed record Watch(Caller Caller, string Action, FeedFilter Filter, string Prefix)
    {
        public byte[]? Render(FeedEntry entry) => RecordChanges.Render(Caller, Action, Filter, entry, Prefix);
    }

    /// <summary>The filter for everything in a namespace, its clearing included.</summary>
    static FeedFilter FilterOf(string storedNamespace) =>
        FeedFilter.Of(RecordSpace.ResourceOf(storedNamespace, "") + "*");
}
