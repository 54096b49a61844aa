using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Feed;

namespace Baton.Server.Platform.Reading.Waits;

/// <summary>Holds a request until there is something to answer.</summary>
internal static class Waiting
{
    /// <summary>
    /// Asks again after every matching commit, until the answer is yes or the time is over. True for yes. The time is
    /// over, too, when the server stops.
    /// </summary>
    public static async ValueTask<Outcome<bool>> UntilAsync(
        Caller caller, FeedFilter filter, TimeSpan wait, Func<ValueTask<bool>> isAnswered)
    {
        if (wait <= TimeSpan.Zero) return await isAnswered();
        // The subscription is made before the first look, so a commit in between is not missed.
        using var subscription = caller.Services.Feed.Subscribe(caller.WorkspaceId, filter);
        return await UntilAsync(caller, subscription, wait, isAnswered);
    }

    /// <summary>As the other, but the caller brings what wakes it.</summary>
    public static async ValueTask<Outcome<bool>> UntilAsync(
        Caller caller, IWakeUp wakeUp, TimeSpan wait, Func<ValueTask<bool>> isAnswered)
    {
        if (wait <= TimeSpan.Zero) return await isAnswered();
        var place = caller.Services.Waiters.Enter(caller.Actor);
        if (place.Failure is { } full) return full;
        using var entered = place.Value!;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(caller.Aborted, caller.Services.Stopping);
        var time = caller.Services.Time;
        var start = time.GetTimestamp();
        while (true)
        {
            var isThere = await isAnswered();
            var left = wait - time.GetElapsedTime(start);
            // The key is checked after the look, so that nothing is told that was committed after the key's end.
            if (isThere || left <= TimeSpan.Zero || caller.Services.Stopping.IsCancellationRequested)
                return await caller.IsKeyValidAsync() ? isThere : Caller.KeyEnded;
            try
            {
                await wakeUp.WaitAsync(left, ending.Token);
            }
            catch (OperationCanceledException) when (!caller.Aborted.IsCancellationRequested)
            {
                // The server stops: there is one last look.
            }

            if (!await caller.IsKeyValidAsync()) return Caller.KeyEnded;
        }
    }
}
