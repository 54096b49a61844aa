using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Platform.Reading;

/// <summary>
/// What takes the machine for long, and would be no sooner done side by side: each workspace does one at a time. The
/// next waits for its turn, for a while. Safe for concurrent use.
/// </summary>
/// <param name="what">What it is, as the failure tells it.</param>
internal sealed class OneAtATime(string what)
{
    /// <summary>So long a request waits for its turn before it is asked to come again.</summary>
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    const int RetryAfterSeconds = 5;

    /// <summary>Whose turn it is, for each workspace.</summary>
    public WorkspacePlaces Places { get; } = new(perWorkspace: 1);

    /// <summary>The turn, to be given back; or why it did not come. Throws when the caller goes away.</summary>
    public async ValueTask<Outcome<WorkspacePlaces.Place>> EnterAsync(Caller caller)
    {
        using var patience = new CancellationTokenSource(s_patience, caller.Services.Time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            caller.Aborted, caller.Services.Stopping, patience.Token);
        try
        {
            return await Places.EnterAsync(caller.Actor.WorkspaceId, ending.Token);
        }
        catch (OperationCanceledException) when (!caller.Aborted.IsCancellationRequested)
        {
            var code = caller.Services.Stopping.IsCancellationRequested
                ? ErrorCodes.ServerStopping
                : ErrorCodes.ServerOverloaded;
            var detail = $"A workspace has one {what} at a time; this one waited for {s_patience.TotalSeconds} s.";
            return new Failure(code, detail) { RetryAfterSeconds = RetryAfterSeconds };
        }
    }
}
