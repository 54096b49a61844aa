using Baton.Contracts.Errors;
using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Features.Store.Records;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Features.Store.Claims;

/// <summary>
/// Builds a shape on first use, in bounded steps, one build of each at a time on this node; another node may take
/// turns. Goes on where it was left when a server ended in the middle. Safe for concurrent use.
/// </summary>
internal sealed class ClaimBuilder(
    IDatabase database, RecordFinder finder, OperationRunner runner, TimeProvider time, Background background,
    CancellationToken stopping)
{
    /// <summary>An hour: how exactly it is known when a shape was last used.</summary>
    public const long UseMicros = 3600 * Micros.PerSecond;

    /// <summary>A day: shapes that were not used for so long make room for others.</summary>
    public const long UnusedMicros = 24 * 3600 * Micros.PerSecond;

    /// <summary>So long a claim waits for its shape before it is asked to come again.</summary>
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    readonly Lock _lock = new();

    // Under _lock. A build is here from before it begins until it ends.
    readonly Dictionary<ClaimTarget, Task<Failure?>> _running = [];

    /// <summary>Returns when the shape of a match is built; or why it is not.</summary>
    public async ValueTask<Failure?> BuildAsync(NamespaceKey home, ClaimMatch match, CancellationToken cancellation)
    {
        try
        {
            return await Running(home, match).WaitAsync(s_patience, time, cancellation);
        }
        catch (TimeoutException)
        {
            return ClaimFailures.Building();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Failure(ErrorCodes.ServerStopping) { RetryAfterSeconds = 1 };
        }
    }

    /// <summary>
    /// The build that runs, or a new one. It is not its caller's: it goes on when that one goes away, even before it
    /// has begun, because others wait for it as well.
    /// </summary>
    Task<Failure?> Running(NamespaceKey home, ClaimMatch match)
    {
        var target = match.TargetIn(home) with { Matched = "" };
        lock (_lock)
        {
            if (_running.TryGetValue(target, out var running)) return running;
            running = Task.Run(() => RunAsync(home, match, target), CancellationToken.None);
            _running.Add(target, running);
            return running;
        }
    }

    async Task<Failure?> RunAsync(NamespaceKey home, ClaimMatch match, ClaimTarget target)
    {
        try
        {
            var actor = Actor.System(home.WorkspaceId);
            var added = await runner.RunAsync(
                new AddClaimShape(home, match) { Actor = actor }, traceId: null, claim: null, stopping);
            if (added.Failure is { } refused) return refused;
            while (true)
            {
                var step = new BuildClaimIndex(database, finder, home, match) { Actor = actor };
                var outcome = await runner.RunAsync(step, traceId: null, claim: null, stopping);
                if (outcome.Failure is not null || outcome.Value!.Operational is true) return outcome.Failure;
            }
        }
        catch (Exception bug) when (bug is not (OperationCanceledException or StorageUnavailableException))
        {
            // Whoever waited for it may have lost patience.
            background.Tell("Building a shape of " + home.Namespace, bug);
            return new Failure(ErrorCodes.ServerInternal);
        }
        finally
        {
            lock (_lock) _running.Remove(target);
        }
    }
}
