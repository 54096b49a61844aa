using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Platform.Reading;

/// <summary>
/// Bounds work that takes the machine for long and would not be done sooner side by side: each workspace does one at a
/// time. The next one waits for its turn, for a while. Safe for concurrent use.
/// </summary>
/// <param name="what">What it is, as the failure tells it.</param>
internal sealed class OneAtATime(string what)
{
    /// <summary>
    /// How long a request waits for its turn before it is told to come again. It is longer than the request before it
    /// may take to read a whole namespace.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(75);

    /// <summary>
    /// How many requests of a workspace may wait for their turn. A further one is told at once to come again.
    /// </summary>
    const int MaxWaiting = 8;

    const int RetryAfterSeconds = 5;

    // The number of waiting requests of each workspace that ever had any. It is changed by Interlocked only.
    readonly ConcurrentDictionary<string, StrongBox<int>> _waiting = new();

    /// <summary>The one slot of each workspace: whoever holds it has the turn.</summary>
    public WorkspaceSlots Slots { get; } = new(perWorkspace: 1);

    /// <summary>
    /// Waits for the turn, which is given back by disposing it, or answers why it did not come. Throws if the caller
    /// goes away.
    /// </summary>
    public async ValueTask<Outcome<WorkspaceSlots.Slot>> EnterAsync(Caller caller)
    {
        var waiting = _waiting.GetOrAdd(caller.Actor.WorkspaceId, static _ => new StrongBox<int>());
        try
        {
            return Interlocked.Increment(ref waiting.Value) > MaxWaiting
                ? Refuse(ErrorCodes.ServerOverloaded, $"{MaxWaiting} wait for their turn already")
                : await WaitAsync(caller);
        }
        finally
        {
            Interlocked.Decrement(ref waiting.Value);
        }
    }

    async ValueTask<Outcome<WorkspaceSlots.Slot>> WaitAsync(Caller caller)
    {
        using var patience = new CancellationTokenSource(Patience, caller.Services.Time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            caller.Aborted, caller.Services.Stopping, patience.Token);
        try
        {
            return await Slots.EnterAsync(caller.Actor.WorkspaceId, ending.Token);
        }
        catch (OperationCanceledException) when (!caller.Aborted.IsCancellationRequested)
        {
            var code = caller.Services.Stopping.IsCancellationRequested
                ? ErrorCodes.ServerStopping
                : ErrorCodes.ServerOverloaded;
            return Refuse(code, $"this one waited for {Patience.TotalSeconds} s");
        }
    }

    Failure Refuse(ErrorCode code, string why) =>
        new(code, $"A workspace has one {what} at a time; {why}.") { RetryAfterSeconds = RetryAfterSeconds };
}
