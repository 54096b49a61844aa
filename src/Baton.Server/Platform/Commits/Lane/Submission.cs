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
