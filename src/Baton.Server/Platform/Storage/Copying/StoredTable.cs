using System.Data.Common;
using Baton.Server.Platform.Storage.Sqlite;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Platform.Storage.Copying;

/// <summary>One table, as the migrations make it, with the columns of its primary key in their order.</summary>
internal sealed record StoredTable(string Name, IReadOnlyList<StoredColumn> Columns, IReadOnlyList<string> Key)
{
    /// <summary>Every table that the migrations make: nothing else says what a copy takes with it.</summary>
    public static IReadOnlyList<StoredTable> All { get; } = SqliteCatalogue.ReadMigrated();

    public string ColumnNames => string.Join(", ", Columns.Select(column => column.Name));

    /// <summary>
    /// All rows in the order of the primary key, which is the same on every store: text compares by bytes.
    /// </summary>
    public string SelectInOrder => $"SELECT {ColumnNames} FROM {Name} ORDER BY {string.Join(", ", Key)}";

    public string SelectCount => $"SELECT COUNT(*) FROM {Name}";

    /// <summary>Gives a row, read column by column and each once, to all of the takers.</summary>
    public void Bind(DbDataReader row, ReadOnlySpan<IColumnBinder> takers)
    {
        for (var column = 0; column < Columns.Count; column++)
        {
            switch (Columns[column].Type)
            {
                case ColumnType.Text:
                    var text = row.TextOrNull(column);
                    foreach (var taker in takers) taker.Text(column, text);
                    break;
                case ColumnType.Integer:
                    var integer = row.IntegerOrNull(column);
                    foreach (var taker in takers) taker.Integer(column, integer);
                    break;
                default:
                    var bytes = row.BytesOrNull(column);
                    foreach (var taker in takers) taker.Bytes(column, bytes);
                    break;
            }
        }
    }
}
