using Baton.Server.Platform.Basics;

namespace Baton.Server.Platform.Reading.Following;

/// <summary>
/// The source of an event stream, which reads on from the reader's place, whatever edge the reader came by. Used by one
/// stream only.
/// </summary>
internal abstract class SseSource : IWakeUp
{
    /// <summary>The last event's data if the reader may have read entries that a failover has lost.</summary>
    protected const string HistoryWentBack = """{"reason":"history_went_back"}""";

    /// <summary>The data of the last event if the last read has found that the stream ends; null: it goes on.</summary>
    public virtual string? EndData => null;

    /// <summary>Whether the last read has read all there is, so that the next one may wait for the signal.</summary>
    public virtual bool IsAtEnd => false;

    /// <summary>Waits for the signal, which is armed when the source is made; see <see cref="IWakeUp"/>.</summary>
    public abstract ValueTask<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellation);

    /// <summary>Writes what comes before everything else.</summary>
    public virtual void WriteOpening(IEventWriter writer)
    {
    }

    /// <summary>Reads what comes next, and keeps it for <see cref="Write"/>. False if there is nothing now.</summary>
    public abstract ValueTask<bool> ReadAsync(CancellationToken cancellation);

    /// <summary>Writes what was read.</summary>
    public abstract void Write(IEventWriter writer);

    /// <summary>The reader's place, if it has moved beyond the last id that was written; null otherwise.</summary>
    public abstract string? TakeCursor();

    public abstract void Dispose();
}
