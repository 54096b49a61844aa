namespace Baton.Server.Platform.Commits.Lane;

/// <summary>
/// What waits for the lane: a bounded queue per workspace, emptied in turns, so that a busy workspace cannot starve
/// the others. Many callers add; only the lane's threads take, and a workspace is with one of them at a time.
/// </summary>
/// <param name="laneCount">How many threads take.</param>
internal sealed class LaneQueue(int laneCount = 1) : IDisposable
{
    public const int MaxPerWorkspace = 4096;
    public const long MaxBytesPerWorkspace = 128L * 1024 * 1024;

    /// <summary>Where there are several threads: more in one batch would wait for each other's locks.</summary>
    const int MaxSharedWorkspaces = 16;

    readonly Lock _lock = new();
    readonly ManualResetEventSlim _arrived = new(initialState: false, spinCount: 20);

    // All under _lock. A workspace is in _turns exactly while its queue is not empty and no thread has it.
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
            if (queue.Items.Count == 0 && !queue.IsTaken) _turns.Enqueue(queue);
            queue.Items.Enqueue(submission);
            queue.Bytes += submission.Operation.WeightBytes;
            Count++;
        }

        if (!_arrived.IsSet) _arrived.Set();
        return AddResult.Added;
    }

    /// <summary>
    /// Blocks until something waits, then takes a batch in turns. False when closed and empty. Its workspaces are the
    /// caller's until <see cref="Release"/>.
    /// </summary>
    public bool Take(Taken taken, int maxCount, long maxBytes, long maxRows = long.MaxValue)
    {
        while (true)
        {
            _arrived.Reset();
            lock (_lock)
            {
                TakeInTurns(taken, maxCount, maxBytes, maxRows);
                // What this thread left is for the others.
                if (_turns.Count > 0 && laneCount > 1) _arrived.Set();
                if (taken.Batch.Count > 0) return true;
                if (_closed && Count == 0)
                {
                    _arrived.Set();
                    return false;
                }
            }

            _arrived.Wait();
        }
    }

    /// <summary>The batch is done: its workspaces take their next turn.</summary>
    public void Release(Taken taken)
    {
        lock (_lock)
        {
            foreach (var queue in taken.Workspaces)
            {
                queue.IsTaken = false;
                if (queue.Items.Count > 0) _turns.Enqueue(queue);
                else _queues.Remove(queue.WorkspaceId);
            }
        }

        taken.Batch.Clear();
        taken.Workspaces.Clear();
        if (laneCount > 1) _arrived.Set();
    }

    /// <summary>Refuses what comes from now on; what is queued is still taken.</summary>
    public void Close()
    {
        lock (_lock) _closed = true;
        _arrived.Set();
    }

    public void Dispose() => _arrived.Dispose();

    void TakeInTurns(Taken taken, int maxCount, long maxBytes, long maxRows)
    {
        var share = ShareOf(_turns.Count);
        for (var count = 0; count < share; count++)
        {
            var queue = _turns.Dequeue();
            queue.IsTaken = true;
            queue.RowsInBatch = 0;
            taken.Workspaces.Add(queue);
        }

        // Those of many rows may all have let the others go first: now they have their turn.
        if (!TryFill(taken, maxCount, maxBytes, maxRows)) TryFill(taken, maxCount, maxBytes, maxRows);
    }

    /// <summary>
    /// Takes from the workspaces of a batch in turns. A write of more rows than a workspace's part lets the others go
    /// before it, once. False if nothing was taken.
    /// </summary>
    bool TryFill(Taken taken, int maxCount, long maxBytes, long maxRows)
    {
        var (bytes, rows) = (0L, 0L);
        var isAlone = taken.Workspaces.Count == 1;
        var rowsOfEach = Math.Max(1, maxRows / Math.Max(1, taken.Workspaces.Count));
        var (next, empty) = (0, 0);
        while (empty < taken.Workspaces.Count && taken.Batch.Count < maxCount && bytes < maxBytes)
        {
            var queue = taken.Workspaces[next];
            var weight = queue.Items.TryPeek(out var submission) ? submission.Operation.WeightRows : 0;
            if (submission is not null && taken.Batch.Count > 0 && rows + weight > maxRows) break;
            next = (next + 1) % taken.Workspaces.Count;
            var isOver = queue.RowsInBatch + weight > rowsOfEach;
            if (submission is null || (isOver && (queue.RowsInBatch > 0 || !(isAlone || queue.HasLetOthersGo))))
            {
                queue.HasLetOthersGo |= submission is not null;
                empty++;
                continue;
            }

            empty = 0;
            queue.HasLetOthersGo = false;
            queue.Items.Dequeue();
            queue.RowsInBatch += weight;
            rows += weight;
            queue.Bytes -= submission.Operation.WeightBytes;
            Count--;
            bytes += submission.Operation.WeightBytes;
            taken.Batch.Add(submission);
        }

        // The next batch begins with whose turn it is.
        taken.Workspaces.AddRange(taken.Workspaces[..next]);
        taken.Workspaces.RemoveRange(0, next);
        return taken.Batch.Count > 0;
    }

    /// <summary>One thread takes all; of several each takes its part, so that workspaces go side by side.</summary>
    int ShareOf(int waiting) =>
        laneCount == 1 ? waiting : Math.Min((waiting + laneCount - 1) / laneCount, MaxSharedWorkspaces);

    /// <summary>A batch, and the workspaces that are with its thread. Owned by that thread, reused.</summary>
    internal sealed class Taken
    {
        public List<Submission> Batch { get; } = [];

        public List<WorkspaceQueue> Workspaces { get; } = [];
    }

    internal sealed class WorkspaceQueue(string workspaceId)
    {
        public string WorkspaceId => workspaceId;

        public Queue<Submission> Items { get; } = new();

        public long Bytes { get; set; }

        /// <summary>Of its operations in the batch that is being taken.</summary>
        public long RowsInBatch { get; set; }

        /// <summary>Its next operation has more rows than its part, and a batch was taken without it.</summary>
        public bool HasLetOthersGo { get; set; }

        /// <summary>A thread decides its operations now.</summary>
        public bool IsTaken { get; set; }
    }
}
