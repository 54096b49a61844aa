using Baton.Server.Platform.Storage.Readers;
using Baton.Server.Platform.Storage.Tables;
using Microsoft.Data.Sqlite;

namespace Baton.Server.Platform.Storage.Sqlite;

/// <summary>The prepared statements of one table. SQLite is fastest with one-row statements, reused.</summary>
internal sealed class SqliteTable<TKey, TRow> : IDisposable
    where TKey : notnull, IEquatable<TKey>
    where TRow : class
{
    const int PageBytes = 4096;

    readonly Table<TKey, TRow> _table;
    readonly SqliteCommand _select;
    readonly ParameterBinder _selectBinder;
    readonly SqliteStatement _insert;
    readonly SqliteStatement _upsert;
    readonly SqliteStatement _delete;

    public SqliteTable(SqliteConnection connection, Table<TKey, TRow> table)
    {
        _table = table;
        var key = table.Key.Select(column => column.Name).ToArray();
        var all = table.Columns.Select(column => column.Name).ToArray();
        var where = string.Join(" AND ", key.Select(name => $"{name} = ?"));
        var values = string.Join(", ", all.Select(_ => "?"));
        var insert = $"INSERT INTO {table.Name} ({string.Join(", ", all)}) VALUES ({values})";
        var updates = all.Except(key).Select(name => $"{name} = excluded.{name}").ToArray();
        var conflict = updates.Length == 0 ? "NOTHING" : "UPDATE SET " + string.Join(", ", updates);
        _select = connection.CreateCommand();
        _select.CommandText = Rows<TKey, TRow>.SelectByKey(table);
        foreach (var name in key) _select.Parameters.Add(new SqliteParameter("@" + name, value: null));
        _selectBinder = new ParameterBinder(_select);
        _insert = new SqliteStatement(connection, insert);
        _upsert = new SqliteStatement(connection, $"{insert} ON CONFLICT ({string.Join(", ", key)}) DO {conflict}");
        _delete = new SqliteStatement(connection, $"DELETE FROM {table.Name} WHERE {where}");
    }

    public TRow? Find(TKey key, SqliteTransaction transaction)
    {
        _select.Transaction = transaction;
        for (var index = 0; index < _table.Key.Count; index++) _table.Key[index].Bind(_selectBinder, index, key);
        using var reader = _select.ExecuteReader();
        return reader.Read() ? _table.Read(reader) : null;
    }

    /// <summary>Runs the statement, and answers roughly how many bytes the write-ahead log grows by.</summary>
    public long Insert(TRow row) => Run(_insert, _table.Columns, row);

    /// <inheritdoc cref="Insert"/>
    public long Upsert(TRow row) => Run(_upsert, _table.Columns, row);

    /// <inheritdoc cref="Insert"/>
    public long Delete(TKey key) => Run(_delete, _table.Key, key);

    public void Dispose()
    {
        _select.Dispose();
        _insert.Dispose();
        _upsert.Dispose();
        _delete.Dispose();
    }

    static long Run<T>(SqliteStatement statement, IReadOnlyList<Column<T>> columns, T source)
    {
        for (var index = 0; index < columns.Count; index++) columns[index].Bind(statement, index, source);
        var bytes = PageBytes + statement.BoundBytes;
        statement.Execute();
        return bytes;
    }
}
