namespace Baton.Server.Platform.Basics;

/// <summary>
/// Something that a request waits for. It is armed when it is made, so a signal that comes before the wait is not
/// missed.
/// </summary>
internal interface IWakeUp : IDisposable
{
    /// <summary>
    /// Waits. True: something may have come; false: the time is over, or nearly so. There is one wait at a time, and
    /// each is awaited once.
    /// </summary>
    ValueTask<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellation);
}
