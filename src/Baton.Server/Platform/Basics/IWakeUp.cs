namespace Baton.Server.Platform.Basics;

/// <summary>
/// Something that a request waits for, armed when it is made: what comes before the wait is not missed.
/// </summary>
internal interface IWakeUp : IDisposable
{
    /// <summary>
    /// True when something may have come; false when the time is over, or a little earlier. One wait at a time, and
    /// each is awaited once.
    /// </summary>
    ValueTask<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellation);
}
