using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Platform.Commits.Due;

/// <summary>
/// Works off what is due, in bounded steps, as commits of the actor `system`. One task of its own. What fails is set
/// aside and tried again later; where more is due than one step takes, workspaces take turns.
/// </summary>
internal sealed partial class DueWorker(
    IDatabase database, Quarantine quarantine, OperationRunner runner, DueKinds kinds, LaneClock clock,
    TimeProvider time, BatonMetrics metrics, ILogger<DueWorker> log)
    : IDisposable
{
    static readonly TimeSpan s_afterFailure = TimeSpan.FromSeconds(1);

    // Failures that are not the fault of an item: they say nothing about the next attempt.
    static readonly ErrorCode[] s_ofTheServer =
        [ErrorCodes.StorageFull, ErrorCodes.StorageUnavailable, ErrorCodes.ServerStopping];

    /// <summary>
    /// The worker looks at least this often, because the lane's clock may be set, a doubt about it may end, and other
    /// servers do not tell what they add.
    /// </summary>
    readonly TimeSpan _longestSleep = TimeSpan.FromSeconds(database.Peers is null ? 30 : 1);

    readonly SemaphoreSlim _woken = new(initialCount: 0, maxCount: 1);
    readonly DueReader _reader = new(database);

    // The workspaces in which nothing can be done now. Used under its own lock, because the items of a step end side by
    // side.
    readonly Dictionary<string, DuePause> _paused = [];

    // The earliest due time that is known, in microseconds of the lane's time. The lane lowers it, the worker raises
    // it, both under _lock.
    readonly Lock _lock = new();
    long _next;

    // Who waits for a look that finds nothing due and that began after they asked; under _lock.
    readonly List<TaskCompletionSource> _asked = [];

    /// <summary>
    /// Looks at the queue now. Completes when a look that began after this call has found that nothing is due.
    /// </summary>
    public Task UntilNothingIsDueAsync()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _asked.Add(asked);
            if (_woken.CurrentCount == 0) _woken.Release();
        }

        return asked.Task;
    }

    /// <summary>Tells of an item that was added and is due then. The lane calls this.</summary>
    public void Added(long dueAt)
    {
        lock (_lock)
        {
            if (dueAt >= _next) return;
            _next = dueAt;
            if (_woken.CurrentCount == 0) _woken.Release();
        }
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var wait = await TryStepAsync(cancellation);
            if (wait > TimeSpan.Zero) await SleepAsync(wait, cancellation);
        }
    }

    public void Dispose() => _woken.Dispose();

    async ValueTask<TimeSpan> TryStepAsync(CancellationToken cancellation)
    {
        try
        {
            return await StepAsync(cancellation);
        }
        catch (StorageUnavailableException)
        {
            return s_afterFailure;
        }
    }

    async ValueTask<TimeSpan> StepAsync(CancellationToken cancellation)
    {
        if (clock.InDoubt) return s_afterFailure;
        var asked = BeginLook();
        var now = clock.Now();
        var items = await _reader.ReadNextAsync(cancellation);
        var due = items.FindAll(item => LookAt(item) <= now);
        var next = items.Count == 0 ? long.MaxValue : items.Min(LookAt);
        if (items.Count == DueReader.StepCount)
        {
            // Behind these items there may be others that are due now, or as soon as the last of these.
            if (items[^1].DueAt > now) next = Math.Min(next, items[^1].DueAt);
            else (due, next) = await _reader.ReadInTurnsAsync(now, PausedUntil, cancellation);
        }

        if (due.Count == 0)
        {
            Answer(asked);
            return UntilNext(next, now);
        }

        var failures = await Task.WhenAll(due.Select(item => DoAsync(DueTask.Of(item), cancellation)));
        return failures.Any(IsOfTheServer) ? s_afterFailure : TimeSpan.Zero;
    }

    /// <summary>Does one item, or sets it aside. A failure that is answered is not the item's fault.</summary>
    async Task<Failure?> DoAsync(DueTask task, CancellationToken cancellation)
    {
        var (item, failure) = (task.Item, await TryAsync(task, cancellation));
        if (failure is not null && !IsOfTheServer(failure) && !IsOfTheWorkspace(failure))
        {
            var code = failure.Code.Code;
            failure = await RunAsync(new SetAside(task) { Actor = Actor.System(item.WorkspaceId) }, cancellation);
            if (failure is null)
                LogFailed(item.Kind, OnOneLine(item.Resource), item.WorkspaceId, code, task.Attempts + 1);
            metrics.DueFailed(item.Kind);
        }

        if (failure is null) GoOn(item.WorkspaceId);
        else if (!IsOfTheServer(failure)) Pause(item.WorkspaceId, failure);
        return failure;
    }

    /// <summary>Does one item. An exception is a fault of the server, and must not stop the other items.</summary>
    async Task<Failure?> TryAsync(DueTask task, CancellationToken cancellation)
    {
        try
        {
            if (kinds.Make(task.Item) is not { } operation)
                return new Failure(ErrorCodes.ServerInternal, "This server knows no such kind.");
            operation.Stored = task.Stored;
            return await RunAsync(operation, cancellation);
        }
        catch (Exception bug) when (bug is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            LogBug(bug, task.Item.Kind);
            return new Failure(ErrorCodes.ServerInternal);
        }
    }

    async Task<Failure?> RunAsync(Operation operation, CancellationToken cancellation)
    {
        try
        {
            return (await runner.RunAsync(operation, traceId: null, idempotencyKey: null, cancellation)).Failure;
        }
        catch (StorageUnavailableException unavailable) when (!unavailable.IsRefused)
        {
            return new Failure(ErrorCodes.StorageUnavailable);
        }
    }

    static bool IsOfTheServer(Failure? failure) => failure is not null && s_ofTheServer.Contains(failure.Code);

    /// <summary>Whether the queue of the workspace is full, so that none of its items can be done now.</summary>
    static bool IsOfTheWorkspace(Failure failure) => failure.Code == ErrorCodes.ServerOverloaded;

    /// <summary>
    /// Pauses a workspace in which items could not even be set aside: they would be read again and again.
    /// </summary>
    void Pause(string workspaceId, Failure failure)
    {
        var now = clock.Now();
        lock (_paused)
        {
            var before = _paused.GetValueOrDefault(workspaceId);
            // Other items of the same step have paused it.
            if (before.Until > now) return;
            _paused[workspaceId] = before.Longer(now);
        }

        LogPaused(workspaceId, failure.Code.Code);
    }

    void GoOn(string workspaceId)
    {
        lock (_paused) _paused.Remove(workspaceId);
    }

    long LookAt(DueRow item) => Math.Max(item.DueAt, PausedUntil(item.WorkspaceId));

    /// <summary>
    /// When a workspace has its turn again, in microseconds of the lane's time. A damaged one never has: nothing that
    /// is due in it is done.
    /// </summary>
    long PausedUntil(string workspaceId)
    {
        if (quarantine.Check(workspaceId) is not null) return long.MaxValue;
        lock (_paused) return _paused.GetValueOrDefault(workspaceId).Until;
    }

    /// <summary>
    /// What woke the worker until now is seen by this look, and does not cause another one. Returns how many of those
    /// who asked may be answered by it.
    /// </summary>
    int BeginLook()
    {
        lock (_lock)
        {
            _next = long.MaxValue;
            _woken.Wait(TimeSpan.Zero, CancellationToken.None);
            return _asked.Count;
        }
    }

    /// <summary>Answers those who asked before the look began. Who came later waits for another one.</summary>
    void Answer(int count)
    {
        lock (_lock)
        {
            foreach (var asked in _asked[..count]) asked.SetResult();
            _asked.RemoveRange(0, count);
        }
    }

    TimeSpan UntilNext(long next, long now)
    {
        lock (_lock)
        {
            _next = Math.Min(_next, next);
            return _next == long.MaxValue
                ? _longestSleep
                : TimeSpan.FromMicroseconds(Math.Clamp(_next - now, 1000, _longestSleep.TotalMicroseconds));
        }
    }

    async ValueTask SleepAsync(TimeSpan wait, CancellationToken cancellation)
    {
        using var alarm = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // The disposal is awaited, so that the timer does not call an alarm that is disposed.
        await using var timer = time.CreateTimer(_ => alarm.Cancel(), state: null, wait, Timeout.InfiniteTimeSpan);
        try
        {
            await _woken.WaitAsync(alarm.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The time has come.
        }
    }

    /// <summary>Resources of the queue may have several lines; the log has one for each.</summary>
    static string OnOneLine(string resource) => resource.ReplaceLineEndings("/");

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Kind} of {Resource} in workspace {WorkspaceId} was due and failed with {Code}, attempt {Attempt}: "
            + "it is set aside and tried again later")]
    partial void LogFailed(string kind, string resource, string workspaceId, string code, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} was due and failed by a fault of the server")]
    partial void LogBug(Exception bug, string kind);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "What is due in workspace {WorkspaceId} cannot be done now ({Code}) and is left for a while")]
    partial void LogPaused(string workspaceId, string code);
}
