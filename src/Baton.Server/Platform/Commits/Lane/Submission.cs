using Baton.Server.Platform.Basics;

namespace Baton.Server.Platform.Commits.Lane;

/// <summary>An operation on its way through the lane.</summary>
internal sealed class Submission(
    Operation operation, string? traceId, IdempotencyClaim? claim, CancellationToken cancellation)
{
    // Continuations run on the thread that calls Complete. This is never the lane's thread.
    readonly TaskCompletionSource<Outcome<Effect>> _done = new();

    public Operation Operation => operation;

    public string? TraceId => traceId;

    /// <summary>The Idempotency-Key under which the outcome is kept; null for none.</summary>
    public IdempotencyClaim? Claim => claim;

    public Task<Outcome<Effect>> Done => _done.Task;

    /// <summary>Whether the caller went away before the lane took the operation: then nothing is done.</summary>
    public bool IsAbandoned => cancellation.IsCancellationRequested;

    /// <summary>
    /// The outcome. The lane sets it while it works on the operation, and the caller is told it after the commit.
    /// </summary>
    public Outcome<Effect> Outcome { get; set; }

    /// <summary>Tells the caller the outcome. The caller's continuation runs within this call.</summary>
    public void Complete() => _done.TrySetResult(Outcome);
}
