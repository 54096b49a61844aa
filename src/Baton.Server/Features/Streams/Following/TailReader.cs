using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Time;

namespace Baton.Server.Features.Streams.Following;

/// <summary>One reader of a stream, who is woken when something comes.</summary>
internal sealed class TailReader : Signal
{
    readonly StreamTails _owner;
    readonly StreamKey _key;
    readonly StreamTail _tail;

    public TailReader(StreamTails owner, StreamKey key, StreamTail tail)
    {
        (_owner, _key, _tail) = (owner, key, tail);
        tail.Add(this);
    }

    /// <inheritdoc cref="StreamTail.TryRead"/>
    public bool TryRead(
        ref long after, out long newest, LaneClock clock, string? label, int limit, List<RenderedEntry> page) =>
        _tail.TryRead(ref after, out newest, _tail.NeedsTime ? clock.Now() : 0, label, limit, page);

    public override void Dispose()
    {
        _tail.Remove(this);
        _owner.Leave(_key, _tail);
        base.Dispose();
    }
}
