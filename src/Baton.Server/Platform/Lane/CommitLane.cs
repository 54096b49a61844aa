using Baton.Contracts.Errors;
using Baton.Server.Platform.Errors;
using Baton.Server.Platform.Operations;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Platform.Lane;

/// <summary>
/// The one place where the truth changes: takes what waits in batches, lets the committer decide and commit them, and
/// answers the callers after the commit. Runs on a thread of its own.
/// </summary>
internal sealed partial class CommitLane(
    IDatabase database, Func<ILaneSession, Committer> makeCommitter, ILogger<CommitLane> log) : IDisposable
{
    /// <summary>More in one batch would not be faster, only later.</summary>
    const int MaxBatchCount = 256;

    const long MaxBatchBytes = 32L * 1024 * 1024;
    const int RetryAfterSeconds = 1;

    readonly LaneQueue _queue = new();
    readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Written before the lane runs, by whoever starts and stops the server.
    bool _hasStarted;

    /// <summary>Ends when the lane does; faulted when it had to give up.</summary>
    public Task Ended => _ended.Task;

    /// <summary>How many operations wait.</summary>
    public int QueueLength => _queue.Count;

    /// <summary>The last batch found the disk full. Written by the lane only.</summary>
    public bool IsStorageFull { get; private set; }

    public void Start()
    {
        _hasStarted = true;
        new Thread(Run) { Name = "commit lane", IsBackground = true }.Start();
    }

    /// <summary>Queues an operation; its outcome comes when it is durable.</summary>
    public async ValueTask<Outcome<Effect>> SubmitAsync(Submission submission)
    {
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

    /// <summary>Takes nothing new, commits what is queued, and ends.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        _queue.Close();
        // A server that could not start has a lane that never ran, and so never ends.
        if (!_hasStarted) return;
        await _ended.Task.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _queue.Dispose();

    void Run()
    {
        var batch = new List<Submission>(MaxBatchCount);
        try
        {
            var session = database.OpenLane();
            var committer = makeCommitter(session);
            while (_queue.Take(batch, MaxBatchCount, MaxBatchBytes))
            {
                // The embedded store completes every call before it returns, so this never blocks the thread.
                CommitAsync(committer, session, batch).AsTask().GetAwaiter().GetResult();
                batch.Clear();
            }

            _ended.TrySetResult();
        }
        catch (Exception failure)
        {
            LogGaveUp(failure);
            _queue.Close();
            _ended.TrySetException(failure);
            FailAll(batch);
            while (_queue.Take(batch, MaxBatchCount, MaxBatchBytes))
            {
                FailAll(batch);
                batch.Clear();
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
        // The first time it may have been the log that took the room, which the checkpoint has given back.
        if (failure is not null && !IsStorageFull) failure = await TryCommitAsync(committer, session, batch);
        if (failure is not null && !IsStorageFull) LogStorageFull(failure);
        IsStorageFull = failure is not null;
        if (IsStorageFull)
        {
            Completion.QueueFailure(batch, new Failure(ErrorCodes.StorageFull) { RetryAfterSeconds = 5 });
            return;
        }

        Completion.Queue(batch);
        session.Tidy(isFull: false);
    }

    /// <summary>Null when the batch is durable; else it never was, and what room there is was made.</summary>
    static async ValueTask<StorageFullException?> TryCommitAsync(
        Committer committer, ILaneSession session, List<Submission> batch)
    {
        try
        {
            await committer.CommitAsync(batch);
            return null;
        }
        catch (StorageFullException failure)
        {
            await committer.AbandonAsync();
            batch.ForEach(submission => submission.Outcome = default);
            session.Tidy(isFull: true);
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
}
