using Baton.Server.Platform.Storage.Tables;
using Npgsql;
using NpgsqlTypes;

namespace Baton.Server.Platform.Storage.Postgres;

/// <summary>
/// The statements of one table. Each takes any number of rows or keys, as one array a column, so that a batch costs the
/// same few statements whatever its size.
/// </summary>
internal sealed class PostgresTable<TKey, TRow>
    where TKey : notnull, IEquatable<TKey>
    where TRow : class
{
    readonly Table<TKey, TRow> _table;
    readonly string _select;
    readonly string _insert;
    readonly string _upsert;
    readonly string _delete;

    public PostgresTable(Table<TKey, TRow> table)
    {
        _table = table;
        var key = table.Key.Select(column => column.Name).ToArray();
        var all = table.Columns.Select(column => column.Name).ToArray();
        var wanted = $"{UnnestOf(table.Key)} AS wanted ({string.Join(", ", key)})";
        var match = string.Join(" AND ", key.Select(name => $"stored.{name} = wanted.{name}"));
        _select = $"SELECT {string.Join(", ", all.Select(name => "stored." + name))} FROM {wanted} "
            + $"JOIN {table.Name} AS stored ON {match}";
        _insert = $"INSERT INTO {table.Name} ({string.Join(", ", all)}) SELECT * FROM {UnnestOf(table.Columns)}";
        var updates = all.Except(key).Select(name => $"{name} = excluded.{name}").ToArray();
        var conflict = updates.Length == 0 ? "NOTHING" : "UPDATE SET " + string.Join(", ", updates);
        _upsert = $"{_insert} ON CONFLICT ({string.Join(", ", key)}) DO {conflict}";
        _delete = $"DELETE FROM {table.Name} AS stored USING {wanted} WHERE {match}";
    }

    public NpgsqlBatchCommand Select(IReadOnlyList<TKey> keys) => CommandOf(_select, _table.Key, keys);

    public NpgsqlBatchCommand Insert(IReadOnlyList<TRow> rows) => CommandOf(_insert, _table.Columns, rows);

    public NpgsqlBatchCommand Upsert(IReadOnlyList<TRow> rows) => CommandOf(_upsert, _table.Columns, rows);

    public NpgsqlBatchCommand Delete(IReadOnlyList<TKey> keys) => CommandOf(_delete, _table.Key, keys);

    static string UnnestOf<T>(IReadOnlyList<Column<T>> columns) =>
        $"unnest({string.Join(", ", columns.Select((column, index) => $"${index + 1}::{TypeOf(column.Type)}[]"))})";

    static string TypeOf(ColumnType type) => type switch
    {
        ColumnType.Text => "text",
        ColumnType.Integer => "bigint",
        _ => "bytea",
    };

    static NpgsqlBatchCommand CommandOf<T>(string sql, IReadOnlyList<Column<T>> columns, IReadOnlyList<T> sources)
    {
        var arrays = new ColumnArrays(sources.Count);
        var command = new NpgsqlBatchCommand(sql);
        for (var column = 0; column < columns.Count; column++)
        {
            command.Parameters.Add(arrays.Start(columns[column].Type));
            for (var row = 0; row < sources.Count; row++) columns[column].Bind(arrays, row, sources[row]);
        }

        return command;
    }

    /// <summary>
    /// Collects the values of one column after the other. The number that the binder is given is that of the row.
    /// </summary>
    sealed class ColumnArrays(int count) : IColumnBinder
    {
        string?[] _texts = [];
        long?[] _integers = [];
        byte[]?[] _bytes = [];

        public NpgsqlParameter Start(ColumnType type)
        {
            switch (type)
            {
                case ColumnType.Text:
                    _texts = new string?[count];
                    return new NpgsqlParameter<string?[]>
                    {
                        TypedValue = _texts,
                        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
                    };
                case ColumnType.Integer:
                    _integers = new long?[count];
                    return new NpgsqlParameter<long?[]>
                    {
                        TypedValue = _integers,
                        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint,
                    };
                default:
                    _bytes = new byte[]?[count];
                    return new NpgsqlParameter<byte[]?[]>
                    {
                        TypedValue = _bytes,
                        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
                    };
            }
        }

        public void Text(int column, string? value) => _texts[column] = value;

        public void Integer(int column, long? value) => _integers[column] = value;

        public void Bytes(int column, byte[]? value) => _bytes[column] = value;
    }
}
