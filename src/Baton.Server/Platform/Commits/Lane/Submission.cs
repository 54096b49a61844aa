using Baton.Server.Platform.Basics;

namespace Baton.Server.Platform.Commits.Lane;

/// <summary>An operation on its way through the lane.</summary>
internal sealed class Submission(
    Operation operation, string? traceId, IdempotencyClaim? claim, CancellationToken cancellation)
{
    // Continuations run where Complete is called: never on the lane's thread, which belongs to the lane.
    readonly TaskCompletionSource<Outcome<Effect>> _done = new();

    public Operation Operation => operation;

    public string? TraceId => traceId;

    /// <summary>The Idempotency-Key under which the outcome is kept; null for none.</summary>
    public IdempotencyClaim? Claim => claim;

    public Task<Outcome<Effect>> Done => _done.Task;

    /// <summary>The caller went away before the lane took it: then nothing is done.</summary>
    public bool IsAbandoned => cancellation.IsCancellationRequested;

    /// <summary>Set while the lane works on it; told to the caller after the commit.</summary>
    public Outcome<Effect> Outcome { get; set; }

    /// <summary>Tells the caller, whose continuation runs within this call.</summary>
    public void Complete() => _done.TrySetResult(Outcome);
}

/// <summary>
/// Tells the callers of a batch their outcomes, on the thread pool: a few work items for all of them, because waking
/// a thread for each costs more than what it then does.
/// </summary>
internal sealed class Completion(Submission[] submissions) : IThreadPoolWorkItem
{
    static readonly int s_parts = Environment.ProcessorCount;

    public void Execute()
    {
        foreach (var submission in submissions) submission.Complete();
    }

    public static void Queue(List<Submission> batch)
    {
        var size = (batch.Count + s_parts - 1) / s_parts;
        for (var start = 0; start < batch.Count; start += size)
        {
            var part = batch.GetRange(start, Math.Min(size, batch.Count - start));
            ThreadPool.UnsafeQueueUserWorkItem(new Completion([.. part]), preferLocal: false);
        }
    }

    /// <summary>As <see cref="Queue"/>, with the same failure for all.</summary>
    public static void QueueFailure(List<Submission> batch, Failure failure)
    {
        foreach (var submission in batch) submission.Outcome = failure;
        Queue(batch);
    }
}
