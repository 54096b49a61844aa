using Baton.Server.Platform.Errors;
using Baton.Server.Platform.Feed;

namespace Baton.Server.Platform.Http;

/// <summary>Holds a request until there is something to answer.</summary>
internal static class Waiting
{
    public const int MaxWaitSeconds = 60;

    public static readonly ParameterSpec Parameter = new(
        "wait", "integer", "Seconds to hold an answer that would be empty or absent.")
    {
        Minimum = 0,
        Maximum = MaxWaitSeconds,
        Default = 0,
    };

    /// <summary>The parameter `wait`; null when it is not there.</summary>
    public static TimeSpan? Read(Call call) =>
        call.Query.Integer("wait", minimum: 0, MaxWaitSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>
    /// Asks until the answer is yes or the time is over, anew after every matching commit. True for yes. The end of
    /// the server is the end of the time.
    /// </summary>
    public static async ValueTask<Outcome<bool>> UntilAsync(
        Call call, FeedFilter filter, TimeSpan wait, Func<ValueTask<bool>> isAnswered)
    {
        if (wait <= TimeSpan.Zero) return await isAnswered();
        // Subscribed before the first look: a commit in between is not missed.
        using var subscription = call.Server.Feed.Subscribe(call.Actor.WorkspaceId, filter);
        return await UntilAsync(call, subscription, wait, isAnswered);
    }

    /// <summary>As with a filter, but whoever calls knows what wakes.</summary>
    public static async ValueTask<Outcome<bool>> UntilAsync(
        Call call, IWakeUp wakeUp, TimeSpan wait, Func<ValueTask<bool>> isAnswered)
    {
        if (wait <= TimeSpan.Zero) return await isAnswered();
        var place = call.Server.Waiters.Enter(call.Actor);
        if (place.Failure is { } full) return full;
        using var entered = place.Value!;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted, call.Server.Stopping);
        var time = call.Server.Time;
        var start = time.GetTimestamp();
        while (true)
        {
            var isThere = await isAnswered();
            var left = wait - time.GetElapsedTime(start);
            // The key after the look: what was committed after its end is never told.
            if (isThere || left <= TimeSpan.Zero || call.Server.Stopping.IsCancellationRequested)
                return await call.IsKeyValidAsync() ? isThere : Call.KeyEnded;
            try
            {
                await wakeUp.WaitAsync(left, ending.Token);
            }
            catch (OperationCanceledException) when (!call.Aborted.IsCancellationRequested)
            {
                // The server stops: one last look.
            }

            if (!await call.IsKeyValidAsync()) return Call.KeyEnded;
        }
    }
}
