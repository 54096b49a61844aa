namespace Baton.Server.Platform.Storage.Copying;

/// <summary>
/// A database that is copied from. While it is held no server writes to it. Used by one caller at a time.
/// </summary>
internal interface ICopySide : IReads, IAsyncDisposable
{
    /// <summary>To name it in messages: no password.</summary>
    string Name { get; }
}

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

    /// <summary>All rows are written, and will be read now.</summary>
    ValueTask LoadedAsync(CancellationToken cancellation);

    /// <summary>Makes the copy durable and visible, and takes the mark away, in one step.</summary>
    ValueTask FinishAsync(CancellationToken cancellation);
}

/// <summary>Takes rows, column by column in their order. Disposed without completion, it drops them.</summary>
internal interface IRowWriter : IColumnBinder, IAsyncDisposable
{
    void EndRow();

    ValueTask CompleteAsync(CancellationToken cancellation);
}
