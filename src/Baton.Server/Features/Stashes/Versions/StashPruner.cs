using System.Threading.Channels;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Stashes.Versions;

/// <summary>
/// Erases small versions that are no longer kept, many at a time and in the order in which they lie in the log. Erased
/// one by one, each would cost a write of a page of its own, which is half of what a PUT costs.
/// </summary>
/// <remarks>
/// Safe for concurrent use. What it has noted is only in memory: after a restart the stash's own history still
/// names those rows, and erases them with a later write or with the stash.
/// </remarks>
internal sealed class StashPruner(OperationRunner runner)
{
    /// <summary>
    /// How many versions wait before the older half of them is erased. By then nearly all rows around them wait as
    /// well.
    /// </summary>
    const int Threshold = 65_536;

    const int StepCount = 500;

    readonly Lock _lock = new();
    readonly Channel<bool> _woken = Channel.CreateBounded<bool>(1);

    // Used under _lock.
    Dictionary<string, Notes> _noted = [];
    int _count;

    /// <summary>Notes a version that was dropped by a commit that is durable.</summary>
    public void Note(string workspaceId, long seq, DroppedBy by)
    {
        lock (_lock)
        {
            if (!_noted.TryGetValue(workspaceId, out var notes)) _noted.Add(workspaceId, notes = new Notes([], by));
            notes.Seqs.Add(seq);
            if (by.Seq > notes.Newest.Seq) notes.Newest = by;
            if (++_count >= Threshold) _woken.Writer.TryWrite(true);
        }
    }

    /// <summary>
    /// Forgets what was noted of a workspace whose history has gone back: the seqs may be those of other versions now.
    /// </summary>
    public void Forget(string workspaceId)
    {
        lock (_lock)
        {
            if (_noted.Remove(workspaceId, out var notes)) _count -= notes.Seqs.Count;
        }
    }

    /// <summary>Erases the older half of what is noted.</summary>
    public async ValueTask EraseAsync(CancellationToken cancellation)
    {
        foreach (var (workspaceId, seqs, newest) in TakeOlderHalf())
        {
            foreach (var step in seqs.Chunk(StepCount))
            {
                var erase = new EraseVersions(step, newest) { Actor = Actor.System(workspaceId) };
                // If it fails, for example because the disk is full, the stash's own history sees to these rows, as
                // after a restart.
                await runner.RunAsync(erase, traceId: null, idempotencyKey: null, cancellation);
            }
        }
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await _woken.Reader.ReadAsync(cancellation);
            await EraseAsync(cancellation);
        }
    }

    List<(string WorkspaceId, List<long> Seqs, DroppedBy Newest)> TakeOlderHalf()
    {
        lock (_lock)
        {
            var taken = new List<(string, List<long>, DroppedBy)>();
            var left = new Dictionary<string, Notes>();
            foreach (var (workspaceId, notes) in _noted)
            {
                var seqs = notes.Seqs;
                seqs.Sort();
                var half = (seqs.Count + 1) / 2;
                taken.Add((workspaceId, seqs[..half], notes.Newest));
                if (half < seqs.Count) left.Add(workspaceId, new Notes(seqs[half..], notes.Newest));
            }

            _noted = left;
            _count = left.Values.Sum(notes => notes.Seqs.Count);
            return taken;
        }
    }

    sealed class Notes(List<long> seqs, DroppedBy newest)
    {
        public List<long> Seqs => seqs;

        /// <summary>
        /// The newest commit that dropped one of them: while it is in the history, so are all before it.
        /// </summary>
        public DroppedBy Newest { get; set; } = newest;
    }
}
