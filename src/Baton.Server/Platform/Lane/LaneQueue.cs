namespace Baton.Server.Platform.Lane;

/// <summary>
/// What waits for the lane: a bounded queue per workspace, emptied in turns, so that a busy workspace cannot starve
/// the others. Many callers add; only the lane takes.
/// </summary>
internal sealed class LaneQueue : IDisposable
{
    public const int MaxPerWorkspace = 4096;
    public const long MaxBytesPerWorkspace = 128L * 1024 * 1024;

    readonly Lock _lock = new();
    readonly ManualResetEventSlim _arrived = new(initialState: false, spinCount: 20);

    // Both under _lock. A workspace is in _turns exactly while its queue is not empty.
    readonly Dictionary<string, WorkspaceQueue> _queues = [];
    readonly Queue<WorkspaceQueue> _turns = new();
    bool _closed;

    public enum AddResult
    {
        Added,
        Full,
        Closed,
    }

    /// <summary>How many wait now, in all workspaces.</summary>
    public int Count { get; private set; }

    public AddResult Add(Submission submission)
    {
        lock (_lock)
        {
            if (_closed) return AddResult.Closed;
            var workspaceId = submission.Operation.Actor.WorkspaceId;
            if (!_queues.TryGetValue(workspaceId, out var queue))
            {
                queue = new WorkspaceQueue(workspaceId);
                _queues.Add(workspaceId, queue);
            }

            if (queue.Items.Count >= MaxPerWorkspace || queue.Bytes > MaxBytesPerWorkspace) return AddResult.Full;
            if (queue.Items.Count == 0) _turns.Enqueue(queue);
            queue.Items.Enqueue(submission);
            queue.Bytes += submission.Operation.WeightBytes;
            Count++;
        }

        if (!_arrived.IsSet) _arrived.Set();
        return AddResult.Added;
    }

    /// <summary>Blocks until something waits, then takes a batch in turns. False when closed and empty.</summary>
    public bool Take(List<Submission> batch, int maxCount, long maxBytes)
    {
        while (true)
        {
            _arrived.Reset();
            lock (_lock)
            {
                TakeInTurns(batch, maxCount, maxBytes);
                if (batch.Count > 0) return true;
                if (_closed) return false;
            }

            _arrived.Wait();
        }
    }

    /// <summary>Refuses what comes from now on; what is queued is still taken.</summary>
    public void Close()
    {
        lock (_lock) _closed = true;
        _arrived.Set();
    }

    public void Dispose() => _arrived.Dispose();

    void TakeInTurns(List<Submission> batch, int maxCount, long maxBytes)
    {
        var bytes = 0L;
        while (batch.Count < maxCount && bytes < maxBytes && _turns.TryDequeue(out var queue))
        {
            var submission = queue.Items.Dequeue();
            queue.Bytes -= submission.Operation.WeightBytes;
            Count--;
            if (queue.Items.Count > 0) _turns.Enqueue(queue);
            else _queues.Remove(queue.WorkspaceId);
            bytes += submission.Operation.WeightBytes;
            batch.Add(submission);
        }
    }

    sealed class WorkspaceQueue(string workspaceId)
    {
        public string WorkspaceId => workspaceId;

        public Queue<Submission> Items { get; } = new();

        public long Bytes { get; set; }
    }
}
