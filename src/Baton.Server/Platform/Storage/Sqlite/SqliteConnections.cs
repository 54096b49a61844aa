using Microsoft.Data.Sqlite;

namespace Baton.Server.Platform.Storage.Sqlite;

/// <summary>Opens connections with the settings that the promises rest on.</summary>
internal static class SqliteConnections
{
    /// <summary>
    /// What is deleted or replaced is overwritten with zeros, so that what was erased is in the file no more. Every
    /// connection that writes says so: SQLite's own default depends on how it was built.
    /// </summary>
    const string EraseContent = "PRAGMA secure_delete = ON";

    /// <summary>The default, too, depends on how SQLite was built. No table refers to another one.</summary>
    const string NoForeignKeys = "PRAGMA foreign_keys = OFF";

    /// <summary>Opens the lane's connection: the only one that writes, and the only one that checkpoints.</summary>
    public static SqliteConnection OpenWriter(string path) => Open(
        path,
        SqliteOpenMode.ReadWrite,
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "PRAGMA wal_autocheckpoint = 0",
        // The log may be longer than it becomes between two checkpoints, so that it is not cut: to sync a log that is
        // overwritten takes half the time of one that grows.
        "PRAGMA journal_size_limit = 201326592",
        "PRAGMA cache_size = -65536",
        "PRAGMA temp_store = MEMORY",
        EraseContent,
        NoForeignKeys);

    public static SqliteConnection OpenReader(string path) => Open(
        path,
        SqliteOpenMode.ReadWrite,
        "PRAGMA query_only = ON",
        "PRAGMA wal_autocheckpoint = 0",
        "PRAGMA cache_size = -4096",
        "PRAGMA temp_store = MEMORY");

    /// <summary>Opens a connection that looks at the file before anything is changed.</summary>
    public static SqliteConnection OpenToInspect(string path) => Open(path, SqliteOpenMode.ReadOnly);

    /// <summary>Opens a connection that makes a new database.</summary>
    public static SqliteConnection Create(string path) => Open(
        path,
        SqliteOpenMode.ReadWriteCreate,
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        EraseContent,
        NoForeignKeys);

    /// <summary>
    /// Opens a connection that fills a new database which nobody else sees. If the filling ends early, the file is
    /// thrown away. Whoever opens the connection makes the file durable.
    /// </summary>
    public static SqliteConnection OpenToFill(string path) => Open(
        path,
        SqliteOpenMode.ReadWrite,
        "PRAGMA locking_mode = EXCLUSIVE",
        "PRAGMA journal_mode = OFF",
        "PRAGMA synchronous = OFF",
        "PRAGMA cache_size = -65536",
        "PRAGMA temp_store = FILE",
        EraseContent,
        NoForeignKeys);

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Begins a transaction without ADO.NET, which still believes that the one before runs.</summary>
    public static void Begin(SqliteConnection connection) => SQLitePCL.raw.sqlite3_exec(connection.Handle, "BEGIN");

    public static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    static SqliteConnection Open(string path, SqliteOpenMode mode, params ReadOnlySpan<string> pragmas)
    {
        SqliteLibrary.EnsureLoaded();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 30,
        }.ToString());
        connection.Open();
        foreach (var pragma in pragmas) Execute(connection, pragma);
        return connection;
    }
}
