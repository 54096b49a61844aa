using Baton.Server.Platform.Basics;

namespace Baton.Server.Platform.Reading;

/// <summary>What an event stream shows, read on from the reader's place. Used by one stream only.</summary>
internal abstract class SseSource : IWakeUp
{
    /// <summary>How a stream ends whose reader may have read what a failover has lost since.</summary>
    protected const string HistoryWentBack = """{"reason":"history_went_back"}""";

    /// <summary>
    /// Why the stream ends, found by the last read: the data of its last event. Null: it goes on.
    /// </summary>
    public virtual string? EndData => null;

    /// <summary>What was read last was all there is: the next read may wait for the signal.</summary>
    public virtual bool IsAtEnd => false;

    /// <summary>Armed from the source's making; see <see cref="IWakeUp"/>.</summary>
    public abstract ValueTask<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellation);

    /// <summary>What comes before everything else.</summary>
    public virtual void WriteOpening(SseWriter writer)
    {
    }

    /// <summary>Reads what comes next and keeps it for <see cref="Write"/>; false: there is nothing now.</summary>
    public abstract ValueTask<bool> ReadAsync(CancellationToken cancellation);

    /// <summary>Writes what was read.</summary>
    public abstract void Write(SseWriter writer);

    /// <summary>The reader's place, if it has moved beyond the last id that was written; null otherwise.</summary>
    public abstract string? TakeCursor();

    public abstract void Dispose();
}
