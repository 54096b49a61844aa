using Baton.ServerTests.Harness;
using Baton.ServerTests.Soak.Clients;
using Baton.ServerTests.Soak.Machines;

namespace Baton.ServerTests.Soak.Postgres;

/// <summary>The server does not start on a database that cannot keep its promises, says why, and shows no password.</summary>
[Collection(SoakCollection.Name)]
public sealed class PostgresRefusalSoakTests
{
    const string Password = "open-sesame";

    [Theory]
    [InlineData("fsync")]
    [InlineData("full_page_writes")]
    public async Task Start_OnADatabaseThatForgets_IsRefused(string setting)
    {
        Backend.SkipUnlessPostgres();
        using var report = new SoakReport();
        await using var cluster = await PostgresCluster.StartAsync(setting + "=off");
        await AssertRefusedAsync(await cluster.CreateDatabaseAsync("baton"), exitCode: 4, $"PostgreSQL runs with {setting} off");
        report.Passed();
    }

    [Fact]
    public async Task Start_OnANewerSchema_IsRefusedAndLeavesItAsItIs()
    {
        Backend.SkipUnlessPostgres();
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        await using (var server = await ServerProcess.StartAsync(data.Path)) Assert.Equal(0, await server.StopAsync());
        await using (var connection = Backend.OpenDatabaseOf(data.Path))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO baton_schema VALUES (9999)";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        foreach (var verb in new[] { "serve", "check" })
            await AssertRefusedAsync(Backend.DatabaseOf(data.Path)!, exitCode: 4, "was written by a newer Baton", verb);
        report.Passed();
    }

    [Fact]
    public async Task Start_WithoutItsDatabase_FailsAndSaysSo()
    {
        Backend.SkipUnlessPostgres();
        using var report = new SoakReport();
        await using var cluster = await PostgresCluster.StartAsync();
        var there = $"127.0.0.1:{cluster.Port}";
        await AssertRefusedAsync($"postgres://postgres:{Password}@{there}/absent", exitCode: 5, "database \"absent\" does not exist");
        await AssertRefusedAsync($"postgres://nobody:{Password}@{there}/postgres", exitCode: 5, "role \"nobody\" does not exist");
        await cluster.KillAsync();
        await AssertRefusedAsync($"postgres://postgres:{Password}@{there}/postgres", exitCode: 5, "Connection refused");
        await AssertRefusedAsync(
            $"Host={there},{there};Username=postgres;Password={Password};Database=postgres", exitCode: 5, "Connection refused");
        await AssertRefusedAsync($"postgres://postgres:{Password}@no-such-host.invalid/postgres", exitCode: 5, "no-such-host.invalid");
        report.Passed();
    }

    [Theory]
    [InlineData("postgres://u:open-sesame@host")]
    [InlineData("postgres://u:open-sesame@/db")]
    [InlineData("postgres://u:open-sesame@host/")]
    [InlineData("postgres://u:open-sesame@host:port/db")]
    [InlineData("postgres://u:open-sesame@host:99999/db")]
    [InlineData("postgres://u:open-sesame@a:5432,b:0/db")]
    [InlineData("postgres://u:open-sesame@host/db?sslmode=perhaps")]
    [InlineData("postgres://u:open-sesame@host/db?colour=blue")]
    [InlineData("Host=a;Password=open-sesame;Colour=blue")]
    [InlineData("Host=a;Password=open-sesame")]
    [InlineData("mysql://u:open-sesame@host/db")]
    [InlineData("open-sesame")]
    public async Task Start_WithAMalformedSetting_IsRefused(string setting)
    {
        Backend.SkipUnlessPostgres();
        using var report = new SoakReport();
        await AssertRefusedAsync(setting, exitCode: 2, "BATON_DATABASE");
        report.Passed();
    }

    /// <summary>It was damaged beside the server: `check` finds it, and tells where.</summary>
    [Theory]
    [InlineData("UPDATE ledger SET entry = entry || x'00' WHERE seq = 3", "seq 3")]
    [InlineData("UPDATE stash_version SET content = x'00' WHERE name = 'damaged'", "damaged")]
    [InlineData("DELETE FROM stash_version WHERE name = 'damaged'", "damaged")]
    public async Task Check_OfADamagedDatabase_FindsIt(string damage, string found)
    {
        Backend.SkipUnlessPostgres();
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        using var client = new SoakClient();
        await using (var server = await ServerProcess.StartAsync(data.Path))
            await client.PutAsync(server.Url, "damaged", "content"u8.ToArray());

        await using (var connection = Backend.OpenDatabaseOf(data.Path))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Backend.Dialect(damage);
            Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }

        await AssertRefusedAsync(Backend.DatabaseOf(data.Path)!, exitCode: 4, found, "check");
        report.Passed();
    }

    static async Task AssertRefusedAsync(string database, int exitCode, string message, string verb = "serve")
    {
        using var data = new ScratchDirectory();
        var (code, output) = await ServerProcess.RunAsync(
            data.Path, new Dictionary<string, string> { ["BATON_DATABASE"] = database }, verb);
        Assert.True(code == exitCode, $"{verb} ended with {code}: {output}");
        Assert.Contains(message, output, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at Baton.", output, StringComparison.Ordinal);
    }
}
