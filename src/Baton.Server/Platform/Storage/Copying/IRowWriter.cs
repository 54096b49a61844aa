using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Platform.Storage.Copying;

/// <summary>Takes rows, column by column in their order. Disposed without completion, it drops them.</summary>
internal interface IRowWriter : IColumnBinder, IAsyncDisposable
{
    void EndRow();

    ValueTask CompleteAsync(CancellationToken cancellation);
}
