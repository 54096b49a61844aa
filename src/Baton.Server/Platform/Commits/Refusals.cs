using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Commits;

/// <summary>
/// Puts refusals of authenticated callers into the ledger: the first ten per key, action and minute each as an entry,
/// the rest of the minute as one entry with a count. Safe for concurrent use.
/// </summary>
internal sealed class Refusals(OperationRunner runner, TimeProvider time)
{
    const int EntriesPerMinute = 10;

    readonly Lock _lock = new();

    // Used under _lock. It holds only keys that were refused more than a few times in the running minute.
    readonly Dictionary<(string WorkspaceId, string KeyId, string Action), Minute> _minutes = [];

    public async ValueTask RecordAsync(
        Actor actor, string action, string resource, string code, string? traceId, CancellationToken cancellation)
    {
        if (!Take(actor, action, resource, code)) return;
        await runner.RunAsync(
            new RecordRefusal(action, resource, code, count: 1) { Actor = actor }, traceId, idempotencyKey: null,
            cancellation);
    }

    /// <summary>Writes the counts of the minutes that are over, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5), time);
        while (await timer.WaitForNextTickAsync(cancellation)) await FlushAsync(TimeSpan.FromMinutes(1), cancellation);
    }

    /// <summary>
    /// Writes the counts of the minutes that are running. Called when the server stops and takes no more requests.
    /// </summary>
    public ValueTask FinishAsync() => FlushAsync(TimeSpan.Zero, CancellationToken.None);

    bool Take(Actor actor, string action, string resource, string code)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            var id = (actor.WorkspaceId, actor.KeyId, action);
            if (!_minutes.TryGetValue(id, out var minute))
            {
                minute = new Minute(actor, resource, code, now);
                _minutes.Add(id, minute);
            }

            return ++minute.Count <= EntriesPerMinute;
        }
    }

    async ValueTask FlushAsync(TimeSpan minAge, CancellationToken cancellation)
    {
        List<(string Action, Minute Minute)> over;
        lock (_lock)
        {
            var now = time.GetTimestamp();
            over =
            [
                .. _minutes
                    .Where(pair => time.GetElapsedTime(pair.Value.Start, now) >= minAge)
                    .Select(pair => (pair.Key.Action, pair.Value)),
            ];
            foreach (var (action, minute) in over)
                _minutes.Remove((minute.Actor.WorkspaceId, minute.Actor.KeyId, action));
        }

        foreach (var (action, minute) in over.Where(item => item.Minute.Count > EntriesPerMinute))
        {
            var record = new RecordRefusal(action, minute.Resource, minute.Code, minute.Count - EntriesPerMinute)
            {
                Actor = minute.Actor,
            };
            await runner.RunAsync(record, traceId: null, idempotencyKey: null, cancellation);
        }
    }

    sealed class Minute(Actor actor, string resource, string code, long start)
    {
        public Actor Actor => actor;

        public string Resource => resource;

        public string Code => code;

        public long Start => start;

        public long Count { get; set; }
    }
}
