using Baton.Server.Platform.Storage.Copying;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Platform.Storage.Sqlite;

/// <summary>The embedded store of a data directory, to be copied from. Holds the directory's lock.</summary>
internal sealed class SqliteCopySource : ICopySide
{
    readonly DataDirectory _directory;
    readonly ReadSession _session;

    SqliteCopySource(DataDirectory directory)
    {
        _directory = directory;
        var path = SqliteFiles.PathIn(directory.Path);
        SqliteFiles.RefuseHalfCopied(path);
        SqliteFiles.RequireNewest(path);
        _session = new ReadSession(SqliteConnections.OpenReader(path));
    }

    /// <summary>Throws a refusal, with nothing touched.</summary>
    public static SqliteCopySource Open(string dataDirectory)
    {
        // This is checked first, because taking the lock would make the directory.
        if (!File.Exists(SqliteFiles.PathIn(dataDirectory)))
        {
            SqliteFiles.RefuseHalfCopied(SqliteFiles.PathIn(Path.GetFullPath(dataDirectory)));
            throw new DatabaseRefusedException($"There is no database in the directory {dataDirectory}.");
        }

        var directory = DataDirectory.Open(dataDirectory);
        try
        {
            return new SqliteCopySource(directory);
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    public string Name => _directory.Path;

    public ValueTask<T> ReadAsync<TState, T>(
        TState state,
        Func<ReadSession, TState, CancellationToken, ValueTask<T>> read,
        CancellationToken cancellation) =>
        read(_session, state, cancellation);

    public ValueTask DisposeAsync()
    {
        _session.Dispose();
        _directory.Dispose();
        return default;
    }
}
