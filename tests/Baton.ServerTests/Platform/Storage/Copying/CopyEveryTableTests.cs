using System.Globalization;
using Baton.Server;
using Baton.Server.Platform.Storage.Copying;
using Baton.Server.Platform.Storage.Sqlite;
using Baton.Server.Platform.Storage.Tables;
using Baton.ServerTests.Harness;
using Microsoft.Data.Sqlite;

namespace Baton.ServerTests.Platform.Storage.Copying;

/// <summary>
/// Every table that the migrations make, with the values that stores are known to differ in: what a later migration
/// adds is copied, and tested, without a change here.
/// </summary>
public sealed class CopyEveryTableTests : IDisposable
{
    const int RowCount = 40;

    static readonly string[] s_texts = ["", "a", "Z", "_", "ä", "\U0001F642", "é", "\u00e9", "\uFFFD", "1", "10", "9", "line\nand\ttab", "'\"\\"];
    static readonly long[] s_integers = [0, -1, 1, long.MinValue, long.MaxValue, int.MaxValue, 1_776_074_400_000_000];
    static readonly byte[][] s_bytes = [[], [0], [255, 0, 254], [.. Enumerable.Range(0, 256).Select(value => (byte)value)], new byte[200_000]];

    readonly CopyPlaces _places = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_ThroughTheEmbeddedStore_AreTheSame() => await CopyThroughAsync("a", "b");

    [Fact]
    public async Task Rows_ThroughPostgres_AreTheSame()
    {
        Backend.SkipUnlessPostgres();
        await CopyThroughAsync("a", "pg:1", "pg:2", "b");
    }

    [Fact]
    public async Task Tables_OfPostgres_AreThoseThatAreCopied()
    {
        Backend.SkipUnlessPostgres();
        await _places.MigrateAsync("pg:1");
        await using var connection = Backend.OpenDatabaseOf(_places.DirectoryOf("pg:1"));
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT table_name || '.' || column_name || ' ' || data_type FROM information_schema.columns
            WHERE table_schema = 'public' AND table_name <> 'baton_schema' ORDER BY table_name COLLATE "C", ordinal_position
            """;
        var columns = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        while (await reader.ReadAsync(Cancellation)) columns.Add(reader.GetString(0));
        Assert.Equal(
            StoredTable.All.SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column.Name} {column.Type switch
            {
                ColumnType.Text => "text",
                ColumnType.Integer => "bigint",
                _ => "bytea",
            }}")),
            columns);
    }

    public void Dispose() => _places.Dispose();

    async Task CopyThroughAsync(params string[] places)
    {
        await _places.MigrateAsync(places[0]);
        Fill(_places.FileOf(places[0]));
        foreach (var (from, to) in places.Zip(places.Skip(1)))
        {
            await using var source = await CopyDatabase.OpenSourceAsync(_places.Of(from), Cancellation);
            await using var target = await CopyDatabase.OpenTargetAsync(_places.Of(to), Cancellation);
            var progress = new CopyProgress(TextWriter.Null, isTerminal: true, TimeProvider.System);
            var copied = await DatabaseCopy.RunAsync(source, target, progress, Cancellation);
            Assert.Equal(StoredTable.All.Select(table => table.Name), copied.Select(table => table.Table));
            Assert.All(copied, table => Assert.Equal(RowCount, table.Rows));
            await target.FinishAsync(Cancellation);
        }

        // By the store itself, not by the copy's own comparison.
        using var connection = SqliteConnections.OpenWriter(_places.FileOf(places[0]));
        SqliteConnections.Execute(connection, $"ATTACH '{_places.FileOf(places[^1])}' AS other");
        foreach (var table in StoredTable.All)
        {
            foreach (var (one, two) in new[] { ("main", "other"), ("other", "main") })
                Assert.Equal(0, SqliteConnections.Scalar(
                    connection, $"SELECT count(*) FROM (SELECT * FROM {one}.{table.Name} EXCEPT SELECT * FROM {two}.{table.Name})"));
            Assert.Equal(RowCount, SqliteConnections.Scalar(connection, $"SELECT count(*) FROM other.{table.Name}"));
        }
    }

    static void Fill(string path)
    {
        using var connection = SqliteConnections.OpenWriter(path);
        foreach (var table in StoredTable.All)
        {
            using var command = connection.CreateCommand();
            command.CommandText =
                $"INSERT INTO {table.Name} VALUES ({string.Join(", ", table.Columns.Select((_, index) => $"$p{index}"))})";
            for (var row = 0; row < RowCount; row++)
            {
                command.Parameters.Clear();
                for (var column = 0; column < table.Columns.Count; column++)
                    command.Parameters.AddWithValue($"$p{column}", ValueOf(connection, table, column, row));
                Assert.Equal(1, command.ExecuteNonQuery());
            }
        }
    }

    static object ValueOf(SqliteConnection connection, StoredTable table, int column, int row)
    {
        var (name, type) = table.Columns[column];
        // The key's last column tells the rows apart; the others may be equal.
        var isLast = table.Key[^1] == name;
        if ((row + column) % 5 == 0 && IsNullable(connection, table.Name, name)) return DBNull.Value;
        var mark = isLast ? row.ToString(CultureInfo.InvariantCulture) : "";
        return type switch
        {
            ColumnType.Text => s_texts[(row + column) % s_texts.Length] + mark,
            ColumnType.Integer when isLast => row - (RowCount / 2),
            ColumnType.Integer => s_integers[(row + column) % s_integers.Length],
            _ => (byte[])[.. s_bytes[(row + column) % s_bytes.Length], .. System.Text.Encoding.UTF8.GetBytes(mark)],
        };
    }

    static bool IsNullable(SqliteConnection connection, string table, string column) => SqliteConnections.Scalar(
        connection, $"SELECT count(*) FROM pragma_table_info('{table}') WHERE name = '{column}' AND \"notnull\" = 0") == 1;
}
