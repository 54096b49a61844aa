using System.Collections.Concurrent;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Streams;

/// <summary>
/// Moves the ends of streams that are renewed by access: once for all who read at the same time, and not more often
/// than <see cref="StreamOptions.RenewalsPerTtl"/> says. Safe for concurrent use.
/// </summary>
internal sealed class StreamRenewals(OperationRunner runner, StreamWriter writer)
{
    // Those that are being renewed now.
    readonly ConcurrentDictionary<StreamKey, byte> _running = new();

    public async ValueTask RenewAsync(StreamKey key, CancellationToken cancellation)
    {
        if (!_running.TryAdd(key, 0)) return;
        try
        {
            var renew = new RenewStream(key, writer) { Actor = Actor.System(key.WorkspaceId) };
            // One that fails (a full disk, an overload) must not fail the read; the next access tries again.
            await runner.RunAsync(renew, traceId: null, claim: null, cancellation);
        }
        finally
        {
            _running.TryRemove(key, out _);
        }
    }
}

/// <summary>Gives a stream its whole ttl again. Operational: not in the ledger.</summary>
internal sealed class RenewStream(StreamKey key, StreamWriter writer) : Operation
{
    public override string Name => "stream.renew";

    public override string Resource => Stream.ResourceOf(key.StreamId);

    public override void Reads(ReadSet reads) => reads.Add(StreamRow.Table, key);

    public override Outcome<Effect> Decide(UnitOfWork work)
    {
        if (work.Get(StreamRow.Table, key) is { } row && row.IsLive(work.Now) && row.RenewAt <= work.Now)
            writer.Put(work, row, StreamWriter.Renew(row, work.Now));
        return new Effect(Answer: null);
    }
}
