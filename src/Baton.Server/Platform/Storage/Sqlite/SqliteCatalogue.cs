using Baton.Server.Platform.Storage.Copying;
using Baton.Server.Platform.Storage.Tables;
using Microsoft.Data.Sqlite;

namespace Baton.Server.Platform.Storage.Sqlite;

/// <summary>Reads from SQLite which tables there are.</summary>
internal static class SqliteCatalogue
{
    /// <summary>The tables of a database in memory to which every migration was applied.</summary>
    public static IReadOnlyList<StoredTable> ReadMigrated()
    {
        using var connection = SqliteConnections.Create(":memory:");
        SqliteFiles.Apply(connection, from: 0);
        return Read(connection);
    }

    static StoredTable[] Read(SqliteConnection connection)
    {
        var names = new List<string>();
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name";
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read()) names.Add(reader.GetString(0));
        }

        return [.. names.Select(name => ReadTable(connection, name))];
    }

    static StoredTable ReadTable(SqliteConnection connection, string table)
    {
        var columns = new List<StoredColumn>();
        var key = new SortedList<long, string>();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, type, pk FROM pragma_table_info($table) ORDER BY cid";
        command.Parameters.AddWithValue("$table", table);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            columns.Add(new StoredColumn(reader.GetString(0), TypeOf(table, reader.GetString(1))));
            if (reader.GetInt64(2) is var place and > 0) key.Add(place, reader.GetString(0));
        }

        return key.Count > 0
            ? new StoredTable(table, columns, [.. key.Values])
            : throw new InvalidOperationException($"Table {table} has no primary key: its rows have no order.");
    }

    static ColumnType TypeOf(string table, string type) => type.ToUpperInvariant() switch
    {
        "TEXT" => ColumnType.Text,
        "BIGINT" => ColumnType.Integer,
        "BLOB" => ColumnType.Bytes,
        _ => throw new InvalidOperationException($"Table {table} has a column of type {type}."),
    };
}
