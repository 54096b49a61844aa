using Baton.Server.Platform.Storage.Tables;

namespace Baton.Tests.Harness;

/// <summary>The rows of one table in memory, as queries see them.</summary>
internal interface IMemoryTable
{
    /// <summary>The names of the columns.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>Every row as the values of its columns: text, 64-bit integers, bytes, or null.</summary>
    IEnumerable<object?[]> Values();
}

/// <inheritdoc cref="IMemoryTable"/>
internal sealed class MemoryTable<TKey, TRow>(Table<TKey, TRow> table) : IMemoryTable
    where TKey : notnull, IEquatable<TKey>
    where TRow : class
{
    readonly Dictionary<TKey, TRow> _rows = [];

    public IReadOnlyList<string> Columns { get; } = [.. table.Columns.Select(column => column.Name)];

    public IReadOnlyCollection<TRow> Rows => _rows.Values;

    public TRow? Find(TKey key) => _rows.GetValueOrDefault(key);

    public void Put(TRow row) => _rows[table.KeyOf(row)] = row;

    public void Delete(TKey key) => _rows.Remove(key);

    public IEnumerable<object?[]> Values() => _rows.Values.Select(row =>
    {
        var values = new RowValues(table.Columns.Count);
        for (var index = 0; index < table.Columns.Count; index++) table.Columns[index].Bind(values, index, row);
        return values.All;
    });

    sealed class RowValues(int count) : IColumnBinder
    {
        public object?[] All { get; } = new object?[count];

        public void Text(int column, string? value) => All[column] = value;

        public void Integer(int column, long? value) => All[column] = value;

        public void Bytes(int column, byte[]? value) => All[column] = value;
    }
}
