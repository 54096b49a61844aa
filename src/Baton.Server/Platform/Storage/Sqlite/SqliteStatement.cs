using System.Text;
using Baton.Server.Platform.Storage.Tables;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Baton.Server.Platform.Storage.Sqlite;

/// <summary>
/// A prepared statement used through SQLite's own interface: parameters are bound by number. ADO.NET's commands look
/// each one up by name at every execution, which costs more than the insert of a row with many columns.
/// </summary>
internal sealed class SqliteStatement : IColumnBinder, IDisposable
{
    const int MaxStackBytes = 512;

    readonly sqlite3 _database;
    readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(_database, sql, out _statement), _database);
    }

    /// <summary>The number of bytes that were bound since the last execution.</summary>
    public long BoundBytes { get; private set; }

    public void Text(int column, string? value)
    {
        if (value is null)
        {
            raw.sqlite3_bind_null(_statement, column + 1);
            return;
        }

        // An empty span is a null pointer, which would bind NULL.
        if (value.Length == 0)
        {
            Check(raw.sqlite3_bind_text(_statement, column + 1, ""));
            return;
        }

        var max = Encoding.UTF8.GetMaxByteCount(value.Length);
        Span<byte> text = max <= MaxStackBytes ? stackalloc byte[MaxStackBytes] : new byte[max];
        ReadOnlySpan<byte> encoded = text[..Encoding.UTF8.GetBytes(value, text)];
        Check(raw.sqlite3_bind_text(_statement, column + 1, encoded));
    }

    public void Integer(int column, long? value)
    {
        if (value is null) raw.sqlite3_bind_null(_statement, column + 1);
        else raw.sqlite3_bind_int64(_statement, column + 1, value.Value);
    }

    public void Bytes(int column, byte[]? value)
    {
        if (value is null)
        {
            raw.sqlite3_bind_null(_statement, column + 1);
            return;
        }

        BoundBytes += value.Length;
        // A null pointer would bind NULL: an empty value needs its own call.
        Check(value.Length == 0
            ? raw.sqlite3_bind_zeroblob(_statement, column + 1, 0)
            : raw.sqlite3_bind_blob(_statement, column + 1, value));
    }

    /// <summary>Runs the statement, which answers no rows, and makes it ready for the next.</summary>
    public void Execute()
    {
        var result = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        BoundBytes = 0;
        if (result != raw.SQLITE_DONE) Check(result);
    }

    public void Dispose() => _statement.Dispose();

    void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
