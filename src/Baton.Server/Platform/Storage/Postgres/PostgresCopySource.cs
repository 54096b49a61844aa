using Baton.Server.Platform.Storage.Copying;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Platform.Storage.Postgres;

/// <summary>A database of PostgreSQL to be copied from, as one snapshot.</summary>
internal sealed class PostgresCopySource(PostgresCopySession session) : ICopySide
{
    /// <summary>Throws a refusal, with nothing touched.</summary>
    public static async Task<PostgresCopySource> OpenAsync(string setting, CancellationToken cancellation)
    {
        var session = await PostgresCopySession.OpenAsync(setting, makesTables: false, cancellation);
        var source = new PostgresCopySource(session);
        try
        {
            await PostgresSchema.RefuseHalfCopiedAsync(session.Name, session.Connection, cancellation);
            await session.BeginAsync("REPEATABLE READ", cancellation);
            return source;
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    public string Name => session.Name;

    public ValueTask<T> ReadAsync<TState, T>(
        TState state,
        Func<ReadSession, TState, CancellationToken, ValueTask<T>> read,
        CancellationToken cancellation) =>
        session.ReadAsync(state, read, cancellation);

    public ValueTask DisposeAsync() => session.DisposeAsync();
}
