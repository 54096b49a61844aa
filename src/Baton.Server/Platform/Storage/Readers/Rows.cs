using System.Text;
using Baton.Server.Platform.Storage.Caches;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Platform.Storage.Readers;

/// <summary>
/// Reads whole rows of one table by key, from the cache where they are there. Safe for concurrent use.
/// </summary>
internal sealed class Rows<TKey, TRow>(IDatabase database, RowCaches caches, Table<TKey, TRow> table)
    where TKey : notnull, IEquatable<TKey>
    where TRow : class
{
    readonly RowCache<TKey, TRow>? _cache = caches.Of(table);
    readonly string _select = SelectByKey(table);

    // The parameters have only names here: their values are bound later, column by column.
    readonly (string, object?)[] _parameters = [.. table.Key.Select(column => ("@" + column.Name, (object?)null))];

    public Table<TKey, TRow> Table => table;

    /// <summary>The row as of the newest commit; null where there is none.</summary>
    public ValueTask<TRow?> GetAsync(TKey key, CancellationToken cancellation)
    {
        if (_cache is not null && _cache.TryGet(key, out var row)) return new(row);
        return ReadAsync(key, cancellation);
    }

    /// <summary>A row that was read or committed before; null where none is kept.</summary>
    public TRow? Cached(TKey key) => _cache is not null && _cache.TryGet(key, out var row) ? row : null;

    /// <summary>The row as the database has it now; null where there is none.</summary>
    public async ValueTask<TRow?> ReadAsync(TKey key, CancellationToken cancellation)
    {
        var mark = _cache?.Mark(key) ?? 0;
        var row = await database.FindAsync(this, key, cancellation);
        if (row is not null) _cache?.Offer(key, row, mark);
        return row;
    }

    /// <summary>The row as a session sees it, for reads of several rows in one snapshot.</summary>
    public async ValueTask<TRow?> SelectAsync(ReadSession session, TKey key, CancellationToken cancellation)
    {
        var command = session.Command(_select, _parameters);
        var binder = new ParameterBinder(command);
        for (var index = 0; index < table.Key.Count; index++) table.Key[index].Bind(binder, index, key);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? table.Read(reader) : null;
    }

    /// <summary>`SELECT every column FROM table WHERE key`, the same text on every store.</summary>
    public static string SelectByKey(Table<TKey, TRow> table)
    {
        var sql = new StringBuilder("SELECT ")
            .AppendJoin(", ", table.Columns.Select(column => column.Name))
            .Append(" FROM ").Append(table.Name).Append(" WHERE ")
            .AppendJoin(" AND ", table.Key.Select(column => $"{column.Name} = @{column.Name}"));
        return sql.ToString();
    }
}
