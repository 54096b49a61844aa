using Baton.Server.Platform.Commits.IdempotencyKeys;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;

namespace Baton.Server.Platform.Commits.Lane;

/// <summary>An operation on its way through the lane.</summary>
internal sealed class Submission(
    Operation operation, string? traceId, IdempotencyKey? idempotencyKey, CancellationToken cancellation,
    Decision? instead = null)
{
    // Continuations run on the thread that calls Complete. This is never the lane's thread.
    readonly TaskCompletionSource<Decision> _done = new();

    public Operation Operation => operation;

    /// <summary>
    /// What the operation costs, as it was when it was prepared. It does not change while the operation waits.
    /// </summary>
    public Weight Weight { get; } = operation.Weight;

    public string? TraceId => traceId;

    /// <summary>The Idempotency-Key under which the outcome is kept; null for none.</summary>
    public IdempotencyKey? IdempotencyKey => idempotencyKey;

    /// <summary>
    /// The decision if the operation could not be prepared: it is then not decided in the lane. Null if it was
    /// prepared.
    /// </summary>
    public Decision? Instead => instead;

    public Task<Decision> Done => _done.Task;

    /// <summary>Whether the caller went away before the lane took the operation: then nothing is done.</summary>
    public bool IsAbandoned => cancellation.IsCancellationRequested;

    /// <summary>
    /// The queries that run before the operation is decided; null if there are none. The lane sets them.
    /// </summary>
    public IReadOnlyList<RowQuery>? Queries { get; set; }

    /// <summary>
    /// What the operation came to. The lane sets it while it works on the operation, and the caller is told it after
    /// the commit.
    /// </summary>
    public Decision Decision { get; set; }

    /// <summary>Tells the caller the decision. The caller's continuation runs within this call.</summary>
    public void Complete() => _done.TrySetResult(Decision);
}
