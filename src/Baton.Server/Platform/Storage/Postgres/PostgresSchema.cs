using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Baton.Server.Platform.Storage.Postgres;

/// <summary>
/// Looks whether a database can keep the promises, and makes or migrates its tables, one server at a time.
/// </summary>
internal static partial class PostgresSchema
{
    const int OldestServer = 140_000;

    /// <summary>The second half of the advisory lock; the first says that it is Baton's.</summary>
    const int MigrationLock = 1;

    /// <summary>
    /// A table that is there while a copy into the database is not whole. It needs no columns.
    /// </summary>
    const string CopyMark = "baton_copy";

    public static async Task PrepareAsync(PostgresConnections connections, CancellationToken cancellation)
    {
        await using var connection = await connections.OpenOtherAsync(cancellation);
        await RequireAsync(connection, cancellation);
        await RefuseHalfCopiedAsync(connections.Name, connection, cancellation);
        await ExecuteAsync(
            connection, $"SELECT pg_advisory_lock({PostgresPeers.LockSpace}, {MigrationLock})", cancellation);
        // The lock is not released explicitly: it is released when the connection is reset, whatever happens.
        var version = await ReadVersionAsync(connection, cancellation);
        if (version > Migrations.Newest)
            throw new DatabaseRefusedException(
                $"{connections.Name} was written by a newer Baton (schema {version}; this one knows "
                + $"{Migrations.Newest}). Start the newer version, or restore a backup.");
        // A server that was killed before its first migration leaves an empty table behind.
        if (version == 0)
            await ExecuteAsync(
                connection, "CREATE TABLE IF NOT EXISTS baton_schema (version integer NOT NULL PRIMARY KEY)",
                cancellation);
        foreach (var migration in Migrations.All.Where(migration => migration.Number > version))
            await ApplyAsync(connection, migration, cancellation);
        await ExecuteAsync(
            connection, $"SELECT pg_advisory_unlock({PostgresPeers.LockSpace}, {MigrationLock})", cancellation);
    }

    /// <summary>
    /// Checks the version for a copy, which migrates nothing: the tables must be of this version, or must not exist.
    /// </summary>
    /// <returns>Whether the tables exist.</returns>
    public static async Task<bool> RequireNewestAsync(
        PostgresConnections connections, NpgsqlConnection connection, CancellationToken cancellation)
    {
        var version = await ReadVersionAsync(connection, cancellation);
        if (version == 0 || version == Migrations.Newest) return version > 0;
        throw new DatabaseRefusedException(version > Migrations.Newest
            ? $"{connections.Name} was written by a newer Baton (schema {version}; this one knows "
                + $"{Migrations.Newest}). Copy with the newer version."
            : $"{connections.Name} was written by an older Baton (schema {version}; this one's is "
                + $"{Migrations.Newest}). Start this version on it once, which brings it up to date, stop it, and copy "
                + "again.");
    }

    public static async Task RefuseHalfCopiedAsync(
        string database, NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (await ExistsAsync(connection, CopyMark, cancellation))
            throw new DatabaseRefusedException(
                $"A copy into {database} was not finished. Run `Baton.Server copy` again, which starts over; or "
                + $"drop the table {CopyMark}, which gives the copy up.");
    }

    /// <summary>Marks the target of a copy, or takes the mark away again.</summary>
    public static Task MarkCopyAsync(NpgsqlConnection connection, bool isCopying, CancellationToken cancellation) =>
        ExecuteAsync(
            connection,
            isCopying ? $"CREATE TABLE IF NOT EXISTS {CopyMark} ()" : $"DROP TABLE {CopyMark}",
            cancellation);

    public static async Task RequireAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        foreach (var setting in new[] { "fsync", "full_page_writes" })
        {
            if (await PostgresConnections.ShowAsync(connection, setting, cancellation) != "on")
                throw new DatabaseRefusedException(
                    $"PostgreSQL runs with {setting} off: what it acknowledges would not survive a crash. Turn it on.");
        }

        if (await PostgresConnections.ShowAsync(connection, "server_encoding", cancellation) != "UTF8")
            throw new DatabaseRefusedException("The database's encoding must be UTF8.");
        var version = await PostgresConnections.ShowAsync(connection, "server_version_num", cancellation);
        if (int.Parse(version, CultureInfo.InvariantCulture) < OldestServer)
            throw new DatabaseRefusedException(
                $"This is PostgreSQL {version}; {OldestServer} (version 14) is the oldest that works.");
    }

    static async Task<int> ReadVersionAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (!await ExistsAsync(connection, "baton_schema", cancellation)) return 0;
        await using var command = new NpgsqlCommand("SELECT COALESCE(MAX(version), 0) FROM baton_schema", connection);
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture);
    }

    static async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellation)
    {
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await ExecuteAsync(connection, "SET LOCAL synchronous_commit = on", cancellation);
            await ExecuteAsync(connection, Dialect(migration.Sql), cancellation);
            await ExecuteAsync(connection, $"INSERT INTO baton_schema VALUES ({migration.Number})", cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (PostgresException failure)
        {
            throw new DatabaseRefusedException($"Migration {migration.Name} failed: {failure.MessageText}", failure);
        }
    }

    /// <summary>
    /// Translates the SQL of the migrations to that of PostgreSQL, in which text must compare by bytes.
    /// </summary>
    static string Dialect(string sql) => TextType().Replace(sql, " text COLLATE \"C\"");

    static async Task<bool> ExistsAsync(NpgsqlConnection connection, string table, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    public static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    [GeneratedRegex(@" text(?=\s|,)")]
    private static partial Regex TextType();
}
