using Baton.ServerTests.Harness;
using Npgsql;

namespace Baton.ServerTests.Platform.Storage;

/// <summary>Who asks a server whether it is ready learns whether it reaches its database.</summary>
public sealed class ReadinessTests
{
    [Fact]
    public async Task Ready_WithoutTheDatabase_IsNotUntilItIsBack()
    {
        Backend.SkipUnlessPostgres();
        await using var server = await TestServer.StartAsync();
        await server.Admin.AskAsync("GET /readyz");
        var database = new NpgsqlConnectionStringBuilder(
            Baton.Server.Platform.Storage.Postgres.PostgresSetting.Parse(Backend.DatabaseOf(server.DataDirectory)!).ConnectionString);
        var name = database.Database!;
        await AdministerAsync(database, $"ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        await AdministerAsync(database, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        using (var answer = await server.Admin.SendAsync("GET /readyz"))
            await Problems.CheckAsync(answer, "storage.unavailable");
        // It answers all the same: nobody has to start it anew.
        await server.Admin.AskAsync("GET /healthz");
        await AdministerAsync(database, $"ALTER DATABASE {name} ALLOW_CONNECTIONS true");
        await server.Admin.AskAsync("GET /readyz");
    }

    static async Task AdministerAsync(NpgsqlConnectionStringBuilder database, string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
