using Baton.Server.Platform.Lane;
using Baton.Server.Platform.Ledger;
using Baton.Server.Platform.Operations;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Platform.Due;

/// <summary>Works off what is due, in bounded steps, as commits of the actor `system`. One task of its own.</summary>
internal sealed partial class DueWorker(
    IDatabase database, Quarantine quarantine, OperationRunner runner, DueKinds kinds, LaneClock clock,
    TimeProvider time, ILogger<DueWorker> log)
    : IDisposable
{
    const int StepCount = 500;

    static readonly TimeSpan s_afterFailure = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Looks at least so often: the lane's clock may be nudged, and a doubt may end; and other servers tell nothing of
    /// what they add.
    /// </summary>
    readonly TimeSpan _longestSleep = TimeSpan.FromSeconds(database.Peers is null ? 30 : 1);

    readonly SemaphoreSlim _woken = new(initialCount: 0, maxCount: 1);

    // The earliest due time known, in lane micros; lowered by the lane, raised by the worker. Under _lock.
    readonly Lock _lock = new();
    long _next;

    /// <summary>The lane's: an item was added that is due then.</summary>
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
        lock (_lock) _next = long.MaxValue;
        var now = clock.Now();
        var items = await ReadAsync(cancellation);
        var due = items.Where(item => item.DueAt <= now && kinds.Knows(item.Kind)).ToList();
        if (due.Count == 0) return UntilNext(items, now);
        var outcomes = await Task.WhenAll(due.Select(item =>
            runner.RunAsync(kinds.Make(item), traceId: null, claim: null, cancellation).AsTask()));
        var failed = outcomes.FirstOrDefault(outcome => outcome.Failure is not null).Failure;
        if (failed is null) return TimeSpan.Zero;
        LogFailed(failed.Code.Code);
        return s_afterFailure;
    }

    TimeSpan UntilNext(List<DueRow> items, long now)
    {
        lock (_lock)
        {
            if (items.Count > 0) _next = Math.Min(_next, items[0].DueAt);
            return _next == long.MaxValue
                ? _longestSleep
                : TimeSpan.FromMicroseconds(Math.Clamp(_next - now, 1000, _longestSleep.TotalMicroseconds));
        }
    }

    async ValueTask SleepAsync(TimeSpan wait, CancellationToken cancellation)
    {
        using var alarm = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // Awaited: a call that is under way must not meet an alarm that is gone.
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

    /// <summary>
    /// The next items, due or not. Those of damaged workspaces are left out here: there may be more than a step has.
    /// </summary>
    ValueTask<List<DueRow>> ReadAsync(CancellationToken cancellation) =>
        database.ReadAsync(quarantine.WorkspaceIds, static async (session, damaged, token) =>
        {
            var items = new List<DueRow>();
            var apart = damaged.Select((id, index) => (Name: $"@apart{index}", Id: (object?)id)).ToList();
            var where = apart.Count == 0
                ? ""
                : $"WHERE workspace_id NOT IN ({string.Join(", ", apart.Select(parameter => parameter.Name))})";
            var command = session.Command(
                $"SELECT workspace_id, due_at, kind, resource FROM due {where} ORDER BY due_at LIMIT @limit",
                [("@limit", (long)StepCount), .. apart]);
            await using var reader = await command.ExecuteReaderAsync(token);
            while (await reader.ReadAsync(token)) items.Add(DueRow.Table.Read(reader));
            return items;
        }, cancellation);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Something that was due could not be done and is tried again: {Code}")]
    partial void LogFailed(string code);
}
