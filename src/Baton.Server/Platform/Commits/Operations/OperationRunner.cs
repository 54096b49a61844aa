using System.Collections.Concurrent;
using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Commits.IdempotencyKeys;
using Baton.Server.Platform.Commits.Lane;

namespace Baton.Server.Platform.Commits.Operations;

/// <summary>
/// Takes an operation from its request to its outcome. Every edge goes through it. Safe for concurrent use.
/// </summary>
internal sealed class OperationRunner(CommitLane lane)
{
    // The requests with an Idempotency-Key that run on this node now.
    readonly ConcurrentDictionary<(string WorkspaceId, string Scope, string Key), byte> _running = new();
    readonly ResourceQueues _queues = new();

    public async ValueTask<Outcome<Effect>> RunAsync(
        Operation operation, string? traceId, IdempotencyKey? idempotencyKey, CancellationToken cancellation)
    {
        var errors = new InputErrors();
        operation.Validate(errors);
        if (errors.Any) return errors.ToFailure() with { IsOfRequest = true };
        if (idempotencyKey is null) return await AttemptAsync(operation, traceId, idempotencyKey, cancellation);

        var id = (operation.Actor.WorkspaceId, idempotencyKey.Scope, idempotencyKey.Value);
        if (!_running.TryAdd(id, 0)) return new Failure(ErrorCodes.IdempotencyInProgress) { RetryAfterSeconds = 1 };
        try
        {
            return await AttemptAsync(operation, traceId, idempotencyKey, cancellation);
        }
        finally
        {
            _running.TryRemove(id, out _);
        }
    }

    async ValueTask<Outcome<Effect>> AttemptAsync(
        Operation operation, string? traceId, IdempotencyKey? idempotencyKey, CancellationToken cancellation)
    {
        var decision = await OnceAsync(operation, traceId, idempotencyKey, cancellation);
        if (!decision.IsPrepareAgain) return decision.ToOutcome();

        // Large things are prepared outside the lane. Operations that change the same thing take turns from here on,
        // because otherwise each would spoil the work of the others.
        var contention = operation.Contention;
        var code = contention.Code
            ?? throw new InvalidOperationException($"{operation.Name} does not say what becomes of it when overtaken.");
        using var turns = await _queues.EnterAllAsync(operation.Actor.WorkspaceId, contention.Turns, cancellation);
        for (var attempt = 1; attempt < contention.Attempts && decision.IsPrepareAgain; attempt++)
            decision = await OnceAsync(operation, traceId, idempotencyKey, cancellation);
        return decision.IsPrepareAgain ? new Failure(code) : decision.ToOutcome();
    }

    async ValueTask<Decision> OnceAsync(
        Operation operation, string? traceId, IdempotencyKey? idempotencyKey, CancellationToken cancellation)
    {
        var instead = await operation.PrepareAsync(cancellation);
        // The request may have been done before: then its kept outcome is the answer, whatever has changed since.
        if (instead is { } decision && idempotencyKey is null) return decision;
        return await lane.SubmitAsync(new Submission(operation, traceId, idempotencyKey, cancellation, instead));
    }
}

/// <summary>
/// Lets one operation at a time work on a resource, in the order of arrival. Empty queues are forgotten.
/// </summary>
internal sealed class ResourceQueues
{
    readonly Lock _lock = new();
    readonly Dictionary<(string, string), Queue> _queues = [];

    /// <summary>
    /// Enters the queues of several resources in the given order, which must be the same for all who enter several.
    /// </summary>
    public async ValueTask<IDisposable> EnterAllAsync(
        string workspaceId, IReadOnlyList<string> resources, CancellationToken cancellation)
    {
        var entered = new Turns();
        try
        {
            foreach (var resource in resources) entered.Add(await EnterAsync((workspaceId, resource), cancellation));
            return entered;
        }
        catch
        {
            entered.Dispose();
            throw;
        }
    }

    public async ValueTask<IDisposable> EnterAsync((string, string) resource, CancellationToken cancellation)
    {
        Queue? queue;
        lock (_lock)
        {
            if (!_queues.TryGetValue(resource, out queue)) _queues.Add(resource, queue = new Queue());
            queue.Users++;
        }

        var turn = new Turn(this, resource, queue);
        try
        {
            await queue.Gate.WaitAsync(cancellation);
            turn.IsEntered = true;
            return turn;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    sealed class Queue
    {
        public SemaphoreSlim Gate { get; } = new(initialCount: 1, maxCount: 1);

        public int Users { get; set; }
    }

    sealed class Turns : IDisposable
    {
        readonly List<IDisposable> _all = [];

        public void Add(IDisposable turn) => _all.Add(turn);

        public void Dispose() => _all.ForEach(turn => turn.Dispose());
    }

    sealed class Turn(ResourceQueues owner, (string, string) resource, Queue queue) : IDisposable
    {
        public bool IsEntered { get; set; }

        public void Dispose()
        {
            if (IsEntered) queue.Gate.Release();
            lock (owner._lock)
            {
                if (--queue.Users == 0) owner._queues.Remove(resource);
            }
        }
    }
}
