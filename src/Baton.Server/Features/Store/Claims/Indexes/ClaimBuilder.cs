using Baton.Contracts.Errors;
using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Features.Store.Records;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Features.Store.Claims.Indexes;

/// <summary>
/// Builds a shape when it is first used, in bounded steps. This server runs one build of a shape at a time; another
/// server may do some of its steps. If a server ended in the middle of a build, the next claim goes on where it was
/// left. Safe for concurrent use.
/// </summary>
internal sealed class ClaimBuilder(
    IDatabase database, RecordFinder finder, OperationRunner runner, TimeProvider time, Background background,
    CancellationToken stopping)
{
    /// <summary>An hour. Of the last use of a shape no more is noted than in which hour it was.</summary>
    public const long UseMicros = 3600 * Micros.PerSecond;

    /// <summary>A day. A shape that was not used for this long makes room for another one.</summary>
    public const long UnusedMicros = 24 * 3600 * Micros.PerSecond;

    /// <summary>How long a claim waits for its shape before it is told to come again.</summary>
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    readonly Lock _lock = new();

    // Used under _lock. A build is in it from before it begins until it ends.
    readonly Dictionary<ClaimTarget, Task<Failure?>> _running = [];

    /// <summary>
    /// Waits until the shape of a match is built. Null: it is built. Otherwise why it is not: it takes too long
    /// (`store.index_building`), the namespace has too many shapes (`store.too_many_shapes`), or the server stops.
    /// </summary>
    public async ValueTask<Failure?> BuildAsync(
        NamespaceKey namespaceKey, ClaimMatch match, CancellationToken cancellation)
    {
        try
        {
            return await Running(namespaceKey, match).WaitAsync(s_patience, time, cancellation);
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
    /// The build that runs, or a new one. A build goes on when its caller goes away, even before it has begun, because
    /// others may wait for it too.
    /// </summary>
    Task<Failure?> Running(NamespaceKey namespaceKey, ClaimMatch match)
    {
        var target = match.TargetIn(namespaceKey) with { Matched = "" };
        lock (_lock)
        {
            if (_running.TryGetValue(target, out var running)) return running;
            running = Task.Run(() => RunAsync(namespaceKey, match, target), CancellationToken.None);
            _running.Add(target, running);
            return running;
        }
    }

    async Task<Failure?> RunAsync(NamespaceKey namespaceKey, ClaimMatch match, ClaimTarget target)
    {
        try
        {
            var actor = Actor.System(namespaceKey.WorkspaceId);
            var added = await runner.RunAsync(
                new AddClaimShape(namespaceKey, match) { Actor = actor }, traceId: null, idempotencyKey: null,
                stopping);
            if (added.Failure is { } refused) return refused;
            while (true)
            {
                var step = new BuildClaimIndex(database, finder, namespaceKey, match) { Actor = actor };
                var outcome = await runner.RunAsync(step, traceId: null, idempotencyKey: null, stopping);
                if (outcome.Failure is not null || outcome.Value!.Operational is true) return outcome.Failure;
            }
        }
        catch (Exception bug) when (bug is not (OperationCanceledException or StorageUnavailableException))
        {
            // Perhaps nobody waits for the build any more, so the fault is logged here.
            background.Tell("Building a shape of " + namespaceKey.Namespace, bug);
            return new Failure(ErrorCodes.ServerInternal);
        }
        finally
        {
            lock (_lock) _running.Remove(target);
        }
    }
}
