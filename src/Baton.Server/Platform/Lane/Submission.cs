using Baton.Server.Platform.Errors;
using Baton.Server.Platform.Operations;

namespace Baton.Server.Platform.Lane;

/// <summary>An operation on its way through the lane.</summary>
internal sealed class Submission(Operation operation, string? traceId, IdempotencyClaim? claim, CancellationToken cancellation)
{
    // Continuations run elsewhere: the lane's thread belongs to the lane.
    readonly TaskCompletionSource<Outcome<Effect>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Operation Operation => operation;

    public string? TraceId => traceId;

    /// <summary>The Idempotency-Key under which the outcome is kept; null for none.</summary>
    public IdempotencyClaim? Claim => claim;

    public Task<Outcome<Effect>> Done => _done.Task;

    /// <summary>The caller went away before the lane took it: then nothing is done.</summary>
    public bool IsAbandoned => cancellation.IsCancellationRequested;

    /// <summary>Set while the lane works on it; told to the caller after the commit.</summary>
    public Outcome<Effect> Outcome { get; set; }

    public void Complete() => _done.TrySetResult(Outcome);

    public void Fail(Failure failure) => _done.TrySetResult(failure);
}
