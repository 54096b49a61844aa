namespace Baton.Server.Platform.Commits.Lane;

/// <summary>
/// The operations that wait for the lane: a bounded queue for each workspace. The queues are emptied in turns, so that
/// a busy workspace cannot starve the others. Many callers add; only the lane's threads take, and a workspace is with
/// one of them at a time.
/// </summary>
/// <param name="laneCount">How many threads take.</param>
internal sealed class LaneQueue(int laneCount = 1) : IDisposable
{
    public const int MaxPerWorkspace = 4096;
    public const long MaxBytesPerWorkspace = 128L * 1024 * 1024;

    /// <summary>
    /// The most workspaces of one batch if there are several threads: more of them would wait for each other's locks.
    /// </summary>
    const int MaxSharedWorkspaces = 16;

    readonly Lock _lock = new();
    readonly ManualResetEventSlim _arrived = new(initialState: false, spinCount: 20);

    // All of these are used under _lock. A workspace is in _turns exactly while its queue is not empty and no thread
    // has taken it.
    readonly Dictionary<string, WorkspaceQueue> _queues = [];
    readonly Queue<WorkspaceQueue> _turns = new();
    bool _closed;

    public enum AddResult
    {
        Added,
        Full,
        Closed,
    }

    /// <summary>The number of operations that wait now, in all workspaces.</summary>
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
            queue.Bytes += submission.Weight.Bytes;
            Count++;
        }

        if (!_arrived.IsSet) _arrived.Set();
        return AddResult.Added;
    }

    /// <summary>
    /// Blocks until an operation waits, then takes a batch in turns. False if the queue is closed and empty. The
    /// workspaces of the batch belong to the caller until <see cref="Release"/>.
    /// </summary>
    public bool Take(Taken taken, int maxCount, long maxBytes, long maxRows = long.MaxValue)
    {
        while (true)
        {
            _arrived.Reset();
            lock (_lock)
            {
                TakeInTurns(taken, maxCount, maxBytes, maxRows);
                // The operations that this thread has left are for the others.
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

    /// <summary>Gives the workspaces of a batch back, which is done: they take their next turn.</summary>
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

    /// <summary>Refuses operations from now on. Those that are queued are still taken.</summary>
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

        // If only operations with many rows wait, all of them have let the others go first by now: they are taken.
        if (!TryFill(taken, maxCount, maxBytes, maxRows)) TryFill(taken, maxCount, maxBytes, maxRows);
    }

    /// <summary>
    /// Takes operations of the workspaces of a batch in turns. An operation with more rows than the part of a workspace
    /// lets the others go first, once. False if nothing was taken.
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
            var weight = queue.Items.TryPeek(out var submission) ? submission.Weight.Rows : 0;
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
            queue.Bytes -= submission.Weight.Bytes;
            Count--;
            bytes += submission.Weight.Bytes;
            taken.Batch.Add(submission);
        }

        // The next batch begins with the workspace whose turn it is.
        taken.Workspaces.AddRange(taken.Workspaces[..next]);
        taken.Workspaces.RemoveRange(0, next);
        return taken.Batch.Count > 0;
    }

    /// <summary>
    /// The number of workspaces that this thread takes: all if it is the only one, else its part, so that several
    /// threads work side by side.
    /// </summary>
    int ShareOf(int waiting) =>
        laneCount == 1 ? waiting : Math.Min((waiting + laneCount - 1) / laneCount, MaxSharedWorkspaces);

    /// <summary>
    /// A batch and its workspaces. A thread of the lane owns it, and uses it again for the next batch.
    /// </summary>
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

        /// <summary>The rows of its operations in the batch that is being taken.</summary>
        public long RowsInBatch { get; set; }

        /// <summary>
        /// Whether its next operation has more rows than its part, and a batch was already taken without it.
        /// </summary>
        public bool HasLetOthersGo { get; set; }

        /// <summary>Whether a thread works on its operations now.</summary>
        public bool IsTaken { get; set; }
    }
}
