using System.Threading.Channels;
using Baton.Server.Platform.Storage.Readers;
using Microsoft.Data.Sqlite;

namespace Baton.Server.Platform.Storage.Sqlite;

/// <summary>The embedded store: one file, one writer, pooled readers.</summary>
internal sealed class SqliteDatabase : IDatabase
{
    /// <summary>More readers would not be faster, and each holds 4 MiB of pages.</summary>
    const int MaxReaders = 8;

    /// <summary>The other connections are kept for short reads.</summary>
    const int MaxLongReads = 3;

    /// <summary>With less free space than this, the next write after a full disk would find it full again.</summary>
    const long MinFreeBytes = 1024 * 1024;

    readonly DataDirectory _directory;
    readonly string _path;
    readonly Channel<ReadSession> _readers = Channel.CreateBounded<ReadSession>(MaxReaders);
    readonly LongReads _longReads = new(MaxLongReads);
    SqliteLaneSession? _lane;

    SqliteDatabase(DataDirectory directory)
    {
        _directory = directory;
        _path = SqliteFiles.PathIn(directory.Path);
    }

    /// <summary>Locks the directory, makes or migrates the database. Throws a refusal, with nothing touched.</summary>
    public static SqliteDatabase Open(string dataDirectory)
    {
        var directory = DataDirectory.Open(dataDirectory);
        try
        {
            var database = new SqliteDatabase(directory);
            SqliteFiles.Prepare(database._path);
            database.OpenReaders();
            return database;
        }
        catch (SqliteException failure) when (SqliteFiles.IsDamage(failure))
        {
            directory.Dispose();
            throw new DatabaseRefusedException(
                $"The database in {directory.Path} is damaged: {failure.Message}", failure);
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    public int LaneCount => 1;

    public int ReaderCount => MaxReaders;

    public IPeers? Peers => null;

    public TimeProvider ClockOver(TimeProvider machine) => machine;

    public bool HasRoom => new DriveInfo(_directory.Path).AvailableFreeSpace >= MinFreeBytes;

    /// <summary>A deferred transaction takes no lock that would hold up the lane.</summary>
    public string BeginSnapshot => "BEGIN DEFERRED";

    public ValueTask<List<string>> FindDamageAsync(CancellationToken cancellation) =>
        ReadAsync(0, static async (session, _, token) =>
        {
            var problems = new List<string>();
            await using var reader = await session.Command("PRAGMA integrity_check").ExecuteReaderAsync(token);
            while (await reader.ReadAsync(token))
            {
                if (reader.GetString(0) != "ok") problems.Add(reader.GetString(0));
            }

            return problems;
        }, cancellation);

    public ILaneSession OpenLane() => _lane = new SqliteLaneSession(SqliteConnections.OpenWriter(_path), _longReads);

    public ValueTask<IDisposable> EnterLongReadAsync(CancellationToken cancellation) =>
        _longReads.EnterAsync(cancellation);

    public ValueTask<TRow?> FindAsync<TKey, TRow>(Rows<TKey, TRow> rows, TKey key, CancellationToken cancellation)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class =>
        ReadAsync(
            (rows, key),
            static (session, work, token) => work.rows.SelectAsync(session, work.key, token),
            cancellation);

    public ValueTask<T> ReadAsync<TState, T>(
        TState state, Func<ReadSession, TState, CancellationToken, ValueTask<T>> read, CancellationToken cancellation)
    {
        return _readers.Reader.TryRead(out var session)
            ? ReadWithAsync(session, state, read, cancellation)
            : WaitAndReadAsync(state, read, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _readers.Writer.TryComplete();
        while (_readers.Reader.TryRead(out var reader)) reader.Dispose();
        if (_lane is not null)
        {
            // The last connection that closes copies the log into the file and removes it.
            await _lane.DisposeAsync();
        }

        _longReads.Dispose();
        _directory.Dispose();
    }

    void OpenReaders()
    {
        for (var count = 0; count < MaxReaders; count++)
            _readers.Writer.TryWrite(new ReadSession(SqliteConnections.OpenReader(_path)));
    }

    async ValueTask<T> WaitAndReadAsync<TState, T>(
        TState state, Func<ReadSession, TState, CancellationToken, ValueTask<T>> read, CancellationToken cancellation)
    {
        var session = await _readers.Reader.ReadAsync(cancellation);
        return await ReadWithAsync(session, state, read, cancellation);
    }

    async ValueTask<T> ReadWithAsync<TState, T>(
        ReadSession session,
        TState state,
        Func<ReadSession, TState, CancellationToken, ValueTask<T>> read,
        CancellationToken cancellation)
    {
        try
        {
            return await read(session, state, cancellation);
        }
        finally
        {
            if (!_readers.Writer.TryWrite(session)) session.Dispose();
        }
    }
}
