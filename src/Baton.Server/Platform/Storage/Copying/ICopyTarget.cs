namespace Baton.Server.Platform.Storage.Copying;

/// <summary>
/// A database that is copied into. It was empty; from <see cref="BeginAsync"/> on it bears a mark, with which no
/// server starts on it, until <see cref="FinishAsync"/> shows all that was written at once.
/// </summary>
internal interface ICopyTarget : ICopySide
{
    /// <summary>Marks the target, and drops what an earlier copy left behind.</summary>
    ValueTask BeginAsync(CancellationToken cancellation);

    /// <summary>Begins to write a table's rows. One table at a time.</summary>
    ValueTask<IRowWriter> WriteAsync(StoredTable table, CancellationToken cancellation);

    /// <summary>Tells that all rows were written, and that they will be read now.</summary>
    ValueTask LoadedAsync(CancellationToken cancellation);

    /// <summary>Makes the copy durable and visible, and takes the mark away, in one step.</summary>
    ValueTask FinishAsync(CancellationToken cancellation);
}
