using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Baton.Server.Platform.Storage.Sqlite;

/// <summary>The four prepared statements of one table. SQLite is fastest with one-row statements, reused.</summary>
internal sealed class SqliteTable<TKey, TRow> : IDisposable
    where TKey : notnull, IEquatable<TKey>
    where TRow : class
{
    const int PageBytes = 4096;

    readonly Table<TKey, TRow> _table;
    readonly SqliteCommand _select;
    readonly SqliteCommand _insert;
    readonly SqliteCommand _upsert;
    readonly SqliteCommand _delete;

    public SqliteTable(SqliteConnection connection, Table<TKey, TRow> table)
    {
        _table = table;
        var key = table.Key.Select(column => column.Name).ToArray();
        var all = table.Columns.Select(column => column.Name).ToArray();
        var where = string.Join(" AND ", key.Select(name => $"{name} = @{name}"));
        var insert = $"INSERT INTO {table.Name} ({string.Join(", ", all)}) VALUES (@{string.Join(", @", all)})";
        var updates = all.Except(key).Select(name => $"{name} = excluded.{name}").ToArray();
        var conflict = updates.Length == 0 ? "NOTHING" : "UPDATE SET " + string.Join(", ", updates);
        _select = Command(connection, Rows<TKey, TRow>.SelectByKey(table), key);
        _insert = Command(connection, insert, all);
        _upsert = Command(connection, $"{insert} ON CONFLICT ({string.Join(", ", key)}) DO {conflict}", all);
        _delete = Command(connection, $"DELETE FROM {table.Name} WHERE {where}", key);
    }

    public TRow? Find(TKey key, SqliteTransaction transaction)
    {
        Bind(_select, _table.Key, key, transaction);
        using DbDataReader reader = _select.ExecuteReader();
        return reader.Read() ? _table.Read(reader) : null;
    }

    /// <summary>Inserts, and tells roughly how many bytes the write-ahead log grows by.</summary>
    public long Insert(TRow row, SqliteTransaction transaction) => Run(_insert, _table.Columns, row, transaction);

    /// <inheritdoc cref="Insert"/>
    public long Upsert(TRow row, SqliteTransaction transaction) => Run(_upsert, _table.Columns, row, transaction);

    /// <inheritdoc cref="Insert"/>
    public long Delete(TKey key, SqliteTransaction transaction) => Run(_delete, _table.Key, key, transaction);

    public void Dispose()
    {
        _select.Dispose();
        _insert.Dispose();
        _upsert.Dispose();
        _delete.Dispose();
    }

    static SqliteCommand Command(SqliteConnection connection, string sql, string[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters) command.Parameters.Add(new SqliteParameter("@" + name, null));
        return command;
    }

    static long Run<T>(SqliteCommand command, IReadOnlyList<Column<T>> columns, T source, SqliteTransaction transaction)
    {
        var blobBytes = Bind(command, columns, source, transaction);
        command.ExecuteNonQuery();
        return PageBytes + blobBytes;
    }

    static long Bind<T>(SqliteCommand command, IReadOnlyList<Column<T>> columns, T source, SqliteTransaction transaction)
    {
        command.Transaction = transaction;
        var blobBytes = 0L;
        for (var index = 0; index < columns.Count; index++)
        {
            var value = columns[index].Value(source);
            command.Parameters[index].Value = value;
            if (value is byte[] blob) blobBytes += blob.Length;
        }

        return blobBytes;
    }
}
