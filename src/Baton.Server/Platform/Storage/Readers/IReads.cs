namespace Baton.Server.Platform.Storage.Readers;

/// <summary>A database, or a part of one, that can be read.</summary>
internal interface IReads
{
    /// <summary>
    /// Runs a read that sees everything acknowledged before the call. The read is one snapshot only if it is one
    /// statement. Throws <see cref="StorageUnavailableException"/> when the database cannot be asked.
    /// </summary>
    ValueTask<T> ReadAsync<TState, T>(
        TState state, Func<ReadSession, TState, CancellationToken, ValueTask<T>> read, CancellationToken cancellation);
}
