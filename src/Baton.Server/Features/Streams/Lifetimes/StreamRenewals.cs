using System.Collections.Concurrent;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Streams.Lifetimes;

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
            await runner.RunAsync(renew, traceId: null, idempotencyKey: null, cancellation);
        }
        finally
        {
            _running.TryRemove(key, out _);
        }
    }
}
