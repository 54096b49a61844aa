using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Postgres;
using Baton.Server.Platform.Storage.Sqlite;
using Npgsql;

namespace Baton.ServerTests.Harness;

/// <summary>
/// The store under test: the embedded one, or, with `BATON_TEST_POSTGRES=postgres://…` (a superuser's address, without a
/// database), a database of its own for each data directory.
/// </summary>
internal static class Backend
{
    static readonly string? s_server = Environment.GetEnvironmentVariable("BATON_TEST_POSTGRES") is { Length: > 0 } url
        ? url.TrimEnd('/')
        : null;

    static readonly Lazy<Task<string>> s_withTables = new(MakeTemplateAsync);

    public static bool IsPostgres => s_server is not null;

    /// <summary>
    /// What `BATON_DATABASE` is for a server with this data directory, made if it is not there; null: the embedded store.
    /// </summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="template">What it is made from: a database that nobody is connected to.</param>
    public static string? DatabaseOf(string directory, string template = "template1")
    {
        if (!IsPostgres) return null;
        using var connection = Open("postgres");
        if (!Exists(connection, NameOf(directory))) Create(connection, NameOf(directory), template);
        return $"{s_server}/{NameOf(directory)}";
    }

    /// <summary>The same, with the tables in it already: a server in the tests' process need not make them.</summary>
    public static async Task<string?> DatabaseWithTablesOf(string directory) =>
        IsPostgres ? DatabaseOf(directory, await s_withTables.Value) : null;

    /// <summary>Forgets the database of a data directory.</summary>
    public static void Drop(string directory)
    {
        if (!IsPostgres) return;
        using var connection = Open("postgres");
        Execute(connection, $"DROP DATABASE IF EXISTS {NameOf(directory)} WITH (FORCE)");
    }

    /// <summary>Copies the database of a closed server to another data directory, which has none yet.</summary>
    public static void Copy(string from, string to)
    {
        if (!IsPostgres)
        {
            File.Copy(SqliteFiles.PathIn(from), SqliteFiles.PathIn(to));
            return;
        }

        using var connection = Open("postgres");
        Create(connection, NameOf(to), NameOf(from));
    }

    /// <summary>A connection beside the server, to look or to damage. The embedded store's must be closed.</summary>
    public static DbConnection OpenDatabaseOf(string directory) => IsPostgres
        ? Open(NameOf(directory))
        : SqliteConnections.OpenWriter(SqliteFiles.PathIn(directory));

    /// <summary>SQL about bytes is all that differs: `x'00'`, `CAST(… AS BLOB)` and `zeroblob(32)` are SQLite's.</summary>
    public static string Dialect(string sql) => IsPostgres
        ? Regex.Replace(sql, "x'([0-9A-Fa-f]*)'", @"'\x$1'::bytea")
            .Replace(" AS BLOB)", " AS bytea)", StringComparison.Ordinal)
            .Replace("zeroblob(32)", $@"'\x{new string('0', 64)}'::bytea", StringComparison.Ordinal)
        : sql;

    /// <summary>Skips a test that is about files of the embedded store.</summary>
    public static void SkipUnlessEmbedded(string why) => Assert.SkipWhen(IsPostgres, "Embedded store only: " + why);

    /// <summary>Skips a test that needs several servers, or a database server.</summary>
    public static void SkipUnlessPostgres() =>
        Assert.SkipUnless(IsPostgres, "PostgreSQL only: runs when the tests run on it.");

    static string NameOf(string directory) =>
        "t" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(directory)))[..10]);

    /// <summary>A connection to what `BATON_DATABASE` names.</summary>
    public static NpgsqlConnection OpenSetting(string setting)
    {
        var text = PostgresSetting.Parse(setting);
        text.Pooling = false;
        var connection = new NpgsqlConnection(text.ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>
    /// A database with the tables and nothing in them. One for each state of the migrations, made once on each server
    /// of databases and kept there.
    /// </summary>
    static async Task<string> MakeTemplateAsync()
    {
        var tables = string.Concat(Migrations.All.Select(migration => migration.Sql));
        var name = "tables_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tables))[..10]);
        using var connection = Open("postgres");
        // Others may be about to make it. Given back with the connection.
        Execute(connection, $"SELECT pg_advisory_lock(hashtext('{name}'))");
        if (Exists(connection, name)) return name;
        Execute(connection, $"DROP DATABASE IF EXISTS {name}_new");
        Create(connection, name + "_new", "template1");
        await using (var connections = new PostgresConnections($"{s_server}/{name}_new"))
            await PostgresSchema.PrepareAsync(connections, CancellationToken.None);
        Execute(connection, $"ALTER DATABASE {name}_new RENAME TO {name}");
        return name;
    }

    static bool Exists(NpgsqlConnection connection, string database)
    {
        using var exists = new NpgsqlCommand($"SELECT 1 FROM pg_database WHERE datname = '{database}'", connection);
        return exists.ExecuteScalar() is not null;
    }

    /// <summary>As files where the version may choose: several times faster than by its log.</summary>
    static void Create(NpgsqlConnection connection, string name, string template) => Execute(
        connection,
        $"CREATE DATABASE {name} TEMPLATE {template}"
            + (connection.PostgreSqlVersion.Major >= 15 ? " STRATEGY file_copy" : ""));

    static NpgsqlConnection Open(string database) => OpenSetting($"{s_server}/{database}");

    static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
