namespace Baton.Server.Platform.Storage.Readers;

/// <summary>Reads of several statements.</summary>
internal static class DatabaseExtensions
{
    /// <summary>As <see cref="IReads.ReadAsync"/>, but all statements of the read see the same snapshot.</summary>
    public static ValueTask<T> ReadSnapshotAsync<TState, T>(
        this IDatabase database,
        TState state,
        Func<ReadSession, TState, CancellationToken, ValueTask<T>> read,
        CancellationToken cancellation) =>
        database.ReadAsync((state, read, database.BeginSnapshot), static async (session, work, token) =>
        {
            await session.Command(work.BeginSnapshot).ExecuteNonQueryAsync(token);
            try
            {
                return await work.read(session, work.state, token);
            }
            finally
            {
                await session.Command("COMMIT").ExecuteNonQueryAsync(CancellationToken.None);
            }
        }, cancellation);
}
