using System.Threading.Channels;
using Baton.Server.Platform.Errors;
using Baton.Server.Platform.Lane;
using Baton.Server.Platform.Operations;

namespace Baton.Server.Features.Stashes;

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
    /// So many wait before the older half is erased: by then nearly all rows around them wait as well.
    /// </summary>
    const int Threshold = 65_536;

    const int StepCount = 500;

    readonly Lock _lock = new();
    readonly Channel<bool> _woken = Channel.CreateBounded<bool>(1);

    // Under _lock.
    Dictionary<string, List<long>> _noted = [];
    int _count;

    /// <summary>Notes a version that was dropped by a commit that is durable.</summary>
    public void Note(string workspaceId, long seq)
    {
        lock (_lock)
        {
            if (!_noted.TryGetValue(workspaceId, out var seqs)) _noted.Add(workspaceId, seqs = []);
            seqs.Add(seq);
            if (++_count >= Threshold) _woken.Writer.TryWrite(true);
        }
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await _woken.Reader.ReadAsync(cancellation);
            foreach (var (workspaceId, seqs) in TakeOlderHalf())
            {
                foreach (var step in seqs.Chunk(StepCount))
                {
                    var erase = new EraseVersions(step) { Actor = Actor.System(workspaceId) };
                    // One that fails (a full disk) is left to the history, as after a restart.
                    await runner.RunAsync(erase, traceId: null, claim: null, cancellation);
                }
            }
        }
    }

    List<(string WorkspaceId, List<long> Seqs)> TakeOlderHalf()
    {
        lock (_lock)
        {
            var taken = new List<(string, List<long>)>();
            var left = new Dictionary<string, List<long>>();
            foreach (var (workspaceId, seqs) in _noted)
            {
                seqs.Sort();
                var half = (seqs.Count + 1) / 2;
                taken.Add((workspaceId, seqs[..half]));
                if (half < seqs.Count) left.Add(workspaceId, seqs[half..]);
            }

            _noted = left;
            _count = left.Values.Sum(seqs => seqs.Count);
            return taken;
        }
    }
}

/// <summary>Erases rows that nothing refers to any more. Not in the ledger: nobody could read them.</summary>
internal sealed class EraseVersions(long[] seqs) : Operation
{
    public override string Name => "stash.erase_versions";

    public override string Resource => "workspace:" + Actor.WorkspaceId;

    public override int WeightRows => seqs.Length;

    public override Outcome<Effect> Decide(Decision decision)
    {
        foreach (var seq in seqs) decision.Delete(StashVersionRow.Table, new StashVersionKey(Actor.WorkspaceId, seq));
        return new Effect(Answer: null);
    }
}
