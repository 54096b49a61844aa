using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Storage;

/// <summary>The verb `check`, on either store.</summary>
public sealed class CheckTests : IAsyncLifetime
{
    const int DatabaseRefused = 4;

    readonly string _directory = Directory.CreateTempSubdirectory("baton-test-").FullName;

    public async ValueTask InitializeAsync()
    {
        await using var server = await TestServer.StartAsync(directory: _directory);
        foreach (var name in new[] { "a", "b", "c" }) await server.Admin.AskAsync($"PUT /stash/{name}\n\ncontent of {name}");
        await server.Admin.AskAsync("POST /workspaces\n\n{\"name\": \"second\"}");
    }

    [Fact]
    public async Task Check_OfAnIntactDatabase_NamesEveryLedger()
    {
        var (code, output) = await CheckAsync();
        Assert.True(code == 0, output);
        Assert.Contains("ledger of default: 5 entries, intact", output, StringComparison.Ordinal);
        Assert.Contains("ledger of second: 2 entries, intact", output, StringComparison.Ordinal);
        Assert.EndsWith("all is well", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE ledger SET entry = hash WHERE seq = 4", "seq 4: ")]
    [InlineData("DELETE FROM ledger WHERE seq = 4", "seq 4: missing")]
    [InlineData("UPDATE stash_version SET content = salt WHERE name = 'b'", "content: stash b version 1 is not what was written")]
    public async Task Check_OfADamagedDatabase_NamesThePlace(string damage, string place)
    {
        Damage(damage);
        var (code, output) = await CheckAsync();
        Assert.True(code == DatabaseRefused, output);
        Assert.Contains(place, output, StringComparison.Ordinal);
        Assert.EndsWith("the database is damaged: restore a backup", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_BesideAServer_IsPossibleWhereServersShare()
    {
        Backend.SkipUnlessPostgres();
        await using var server = await TestServer.StartAsync(directory: _directory);
        Assert.Equal(0, (await CheckAsync()).ExitCode);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        Backend.Drop(_directory);
        return default;
    }

    Task<(int ExitCode, string Output)> CheckAsync() => ServerProcess.RunAsync(_directory, environment: null, "check");

    void Damage(string sql)
    {
        using var connection = Backend.OpenDatabaseOf(_directory);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() > 0);
    }
}
