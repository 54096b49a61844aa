using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Platform.Commits.Lane;

/// <summary>
/// The one place where the truth changes. It takes the waiting operations in batches, lets the committer decide and
/// commit them, and answers the callers after the commit. Runs on threads of its own: one, or as many as the database
/// takes sessions that write; a workspace is with one of them at a time.
/// </summary>
internal sealed partial class CommitLane(
    IDatabase database,
    Quarantine quarantine,
    Func<ILaneSession, Committer> makeCommitter,
    ILogger<CommitLane> log) : IDisposable
{
    /// <summary>The most operations of a batch. More of them would not be faster, only later.</summary>
    const int MaxBatchCount = 256;

    const long MaxBatchBytes = 32L * 1024 * 1024;

    /// <summary>
    /// The most rows of a batch: on the embedded store they take about ten milliseconds. Whoever comes meanwhile waits
    /// for the end of the batch.
    /// </summary>
    const int MaxBatchRows = 1024;
    const int RetryAfterSeconds = 1;

    readonly LaneQueue _queue = new(database.LaneCount);
    readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Whoever starts and stops the server writes it, before the lane runs.
    bool _hasStarted;

    // The number of threads that run. The last one tells the end of the lane.
    int _running;

    // Whether the last batch of any thread has found the disk full.
    volatile bool _isStorageFull;

    /// <summary>Completes when the lane ends. It is faulted if the lane had to give up.</summary>
    public Task Ended => _ended.Task;

    /// <summary>The number of operations that wait.</summary>
    public int QueueLength => _queue.Count;

    /// <summary>Whether the last batch has found the disk full.</summary>
    public bool IsStorageFull => _isStorageFull;

    public void Start()
    {
        _hasStarted = true;
        _running = database.LaneCount;
        for (var number = 1; number <= database.LaneCount; number++)
            new Thread(Run) { Name = $"commit lane {number}", IsBackground = true }.Start();
    }

    /// <summary>Queues an operation. Answers its decision when that is durable.</summary>
    public async ValueTask<Decision> SubmitAsync(Submission submission)
    {
        if (quarantine.Check(submission.Operation.Actor.WorkspaceId) is { } damaged) return damaged;
        switch (_queue.Add(submission))
        {
            case LaneQueue.AddResult.Added:
                return await submission.Done;
            case LaneQueue.AddResult.Closed:
                return new Failure(ErrorCodes.ServerStopping) { RetryAfterSeconds = RetryAfterSeconds };
            default:
                return new Failure(
                    ErrorCodes.ServerOverloaded,
                    $"{LaneQueue.MaxPerWorkspace} writes of this workspace are waiting already.")
                {
                    RetryAfterSeconds = RetryAfterSeconds,
                };
        }
    }

    /// <summary>Takes no new operations, commits those that are queued, and ends the lane.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        _queue.Close();
        // The lane of a server that could not start has never run, so it never ends.
        if (!_hasStarted) return;
        await _ended.Task.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _queue.Dispose();

    void Run()
    {
        var taken = new LaneQueue.Taken();
        try
        {
            var session = database.OpenLane();
            var committer = makeCommitter(session);
            while (_queue.Take(taken, MaxBatchCount, MaxBatchBytes, MaxBatchRows))
            {
                // Both providers complete every call before they return: they wait on this thread.
                CommitAsync(committer, session, taken.Batch).AsTask().GetAwaiter().GetResult();
                _queue.Release(taken);
            }

            if (Interlocked.Decrement(ref _running) == 0) _ended.TrySetResult();
        }
        catch (Exception failure)
        {
            LogGaveUp(failure);
            _queue.Close();
            _ended.TrySetException(failure);
            FailAll(taken.Batch);
            _queue.Release(taken);
            while (_queue.Take(taken, MaxBatchCount, MaxBatchBytes, MaxBatchRows))
            {
                FailAll(taken.Batch);
                _queue.Release(taken);
            }
        }
    }

    async ValueTask CommitAsync(Committer committer, ILaneSession session, List<Submission> batch)
    {
        var abandoned = batch.FindAll(submission => submission.IsAbandoned);
        if (abandoned.Count > 0)
        {
            Completion.QueueFailure(abandoned, new Failure(ErrorCodes.ServerStopping));
            batch.RemoveAll(abandoned.Contains);
            if (batch.Count == 0) return;
        }

        var failure = await TryCommitAsync(committer, session, batch);
        // The batch is tried once more if it is known that nothing was committed. Perhaps the log has taken the room,
        // which a checkpoint has given back since; or the connection was lost while it was idle.
        if (IsWorthAnother(failure)) failure = await TryCommitAsync(committer, session, batch);
        if (failure is StorageUnavailableException { IsRefused: true } && batch.Count > 1)
        {
            // One operation holds something that the database does not take. The others must not suffer for it.
            foreach (var submission in batch) await CommitAsync(committer, session, [submission]);
            return;
        }

        var wasFull = _isStorageFull;
        _isStorageFull = failure is StorageFullException;
        switch (failure)
        {
            case null:
                Completion.Queue(batch);
                session.Tidy(isFull: false);
                break;
            case StorageFullException full:
                if (!wasFull) LogStorageFull(full);
                Completion.QueueFailure(batch, new Failure(ErrorCodes.StorageFull) { RetryAfterSeconds = 5 });
                break;
            case StorageUnavailableException { IsRefused: true } refused:
                LogRefused(refused, batch[0].Operation.Name);
                Completion.QueueFailure(batch, new Failure(ErrorCodes.ServerInternal));
                break;
            default:
                LogUnavailable(failure.Message);
                FailAll(batch);
                break;
        }
    }

    bool IsWorthAnother(Exception? failure) => failure switch
    {
        StorageFullException => !_isStorageFull,
        StorageUnavailableException unavailable => !unavailable.IsOutcomeUnknown && !unavailable.IsRefused,
        _ => false,
    };

    /// <summary>
    /// Tries to commit a batch. Null if it is durable. Otherwise it is not, or that is unknown; and room was made on
    /// the disk, as far as possible.
    /// </summary>
    static async ValueTask<Exception?> TryCommitAsync(
        Committer committer, ILaneSession session, List<Submission> batch)
    {
        try
        {
            await committer.CommitAsync(batch);
            return null;
        }
        catch (Exception failure) when (failure is StorageFullException or StorageUnavailableException)
        {
            await committer.AbandonAsync();
            batch.ForEach(submission => submission.Decision = default);
            if (failure is StorageFullException) session.Tidy(isFull: true);
            return failure;
        }
    }

    static void FailAll(List<Submission> batch) => Completion.QueueFailure(
        batch, new Failure(ErrorCodes.StorageUnavailable) { RetryAfterSeconds = RetryAfterSeconds });

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "The database failed; what it holds is unknown until the next start. The server ends")]
    partial void LogGaveUp(Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "The disk is full: writes are refused, reads go on")]
    partial void LogStorageFull(Exception failure);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Operation {Operation} holds what the database does not take: a fault of the server")]
    partial void LogRefused(Exception failure, string operation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is unavailable: {Reason}")]
    partial void LogUnavailable(string reason);
}
