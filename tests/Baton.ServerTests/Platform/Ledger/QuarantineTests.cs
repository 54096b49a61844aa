using Baton.Server.Platform.Basics;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Ledger;

/// <summary>A workspace whose ledger is damaged is kept apart; all others are served as if nothing were.</summary>
public sealed class QuarantineTests : IAsyncLifetime
{
    readonly string _directory = Directory.CreateTempSubdirectory("baton-test-").FullName;
    readonly TestTime _time = new();
    string _damagedId = "", _damagedKey = "", _ticket = "", _soundId = "", _soundKey = "";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using var server = await TestServer.StartAsync(time: _time, directory: _directory);
        var (damaged, sound) = (await World.NewAsync(server), await World.NewAsync(server));
        (_damagedId, _damagedKey) = (damaged.WorkspaceId, damaged.Value("admin_key"));
        (_soundId, _soundKey) = (sound.WorkspaceId, sound.Value("admin_key"));
        foreach (var world in new[] { damaged, sound })
        {
            await world["admin"].AskAsync("PUT /stash/a\n\nx");
            await world["admin"].AskAsync("POST /stream\n\n{\"name\":\"s\"}");
            await world["admin"].AskAsync("PUT /store/n/k\n\n{\"a\":1}");
            await world["admin"].AskAsync("PUT /stash/short?ttl=5\n\nx");
        }

        _ticket = (await damaged["admin"].AskAsync("POST /tickets\n\n{\"path\":\"/stash/a\"}"))
            .GetProperty("ticket").GetString()!;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        Backend.Drop(_directory);
        return default;
    }

    [Theory]
    [InlineData("DELETE FROM ledger WHERE workspace_id = '{id}' AND seq = (SELECT head_seq FROM workspace WHERE workspace_id = '{id}')")]
    [InlineData("UPDATE ledger SET entry = hash WHERE workspace_id = '{id}' AND seq = 3")]
    [InlineData("UPDATE workspace SET head_hash = zeroblob(32) WHERE workspace_id = '{id}'")]
    [InlineData("UPDATE workspace SET head_seq = 0 WHERE workspace_id = '{id}'")]
    [InlineData("UPDATE workspace SET head_seq = 9223372036854775807 WHERE workspace_id = '{id}'")]
    [InlineData("UPDATE workspace SET head_seq = -1 WHERE workspace_id = '{id}'")]
    public async Task DamagedWorkspace_AtStart_IsKeptApartAndTheOthersAreServed(string damage)
    {
        Damage(damage, _damagedId);
        await using var server = await TestServer.StartAsync(time: _time, directory: _directory);
        using var apart = server.NewClient(_damagedKey);
        foreach (var send in new[] { "GET /stash/a", "PUT /stash/a\n\ny", "GET /events", "GET /ledger/verify", "GET /keys", "POST /tickets\n\n{\"path\":\"/events\"}", "POST /store/n/claim\n\n{\"match\":{}}" })
        {
            using var refused = await apart.SendAsync(send);
            await Problems.CheckAsync(refused, "workspace.damaged");
        }

        using (var named = await server.Admin.SendAsync($"GET /stashes\nBaton-Workspace: {_damagedId}"))
            await Problems.CheckAsync(named, "workspace.damaged");
        using (var nobody = server.NewClient(secret: null))
        using (var ticket = await nobody.SendAsync($"GET /stash/a?ticket={_ticket}"))
            await Problems.CheckAsync(ticket, "workspace.damaged");

        using var sound = server.NewClient(_soundKey);
        await sound.AskAsync("PUT /stash/a\n\ny");
        Assert.True((await sound.AskAsync("GET /ledger/verify")).GetProperty("intact").GetBoolean());
        await server.Admin.AskAsync("PUT /stash/a\n\nx");
        var ready = await server.Admin.AskAsync("GET /readyz");
        Assert.Equal("ok", ready.GetProperty("status").GetString());
        Assert.Equal(1, ready.GetProperty("damaged_workspaces").GetInt32());
    }

    /// <summary>However much is due where nothing can be done, the others' time comes.</summary>
    [Fact]
    public async Task DueItems_OfADamagedWorkspace_AreLeftAloneAndHoldUpNobody()
    {
        Damage("UPDATE workspace SET head_hash = zeroblob(32) WHERE workspace_id = '{id}'", _damagedId);
        for (var item = 0; item < 600; item++)
            Damage($"INSERT INTO due (workspace_id, due_at, kind, resource) VALUES ('{{id}}', {item}, 'stash.expire', 'stash:x{item}')", _damagedId);
        var before = CountDue(_damagedId);
        _time.Pass(TimeSpan.FromSeconds(60));
        await using (var server = await TestServer.StartAsync(time: _time, directory: _directory))
        {
            using var sound = server.NewClient(_soundKey);
            // The expiry is a commit: it is waited for by its entry.
            var page = await sound.AskAsync("GET /events?action=stash.expire&wait=30");
            Assert.Single(page.GetProperty("items").EnumerateArray());
        }

        Assert.Equal(before, CountDue(_damagedId));
    }

    [Fact]
    public async Task DamagedDefault_StartedWithAnotherAdminKey_IsRefused()
    {
        Damage("UPDATE workspace SET head_hash = zeroblob(32) WHERE name = 'default'", _damagedId);
        await using (var server = await TestServer.StartAsync(time: _time, directory: _directory))
        {
            using var refused = await server.Admin.SendAsync("GET /stashes");
            await Problems.CheckAsync(refused, "workspace.damaged");
            // The key goes on in the other workspaces.
            await server.Admin.AskAsync($"PUT /stash/a\nBaton-Workspace: {_soundId}\n\nz");
        }

        var refusal = await Assert.ThrowsAsync<StartFailedException>(() => TestServer.StartAsync(
            options => options with { AdminKey = "btn_another_0123456789abcdef0123456789" }, _time, _directory));
        Assert.Contains("BATON_ADMIN_KEY", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_OfADamagedWorkspace_NamesIt()
    {
        Damage("UPDATE workspace SET head_hash = zeroblob(32) WHERE workspace_id = '{id}'", _damagedId);
        var (code, output) = await ServerProcess.RunAsync(_directory, environment: null, "check");
        Assert.True(code == 4, output);
        Assert.Contains("BROKEN", output, StringComparison.Ordinal);
    }

    void Damage(string sql, string workspaceId)
    {
        using var connection = Backend.OpenDatabaseOf(_directory);
        using var command = connection.CreateCommand();
        command.CommandText = Backend.Dialect(sql.Replace("{id}", workspaceId, StringComparison.Ordinal));
        Assert.True(command.ExecuteNonQuery() > 0);
    }

    long CountDue(string workspaceId)
    {
        using var connection = Backend.OpenDatabaseOf(_directory);
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM due WHERE workspace_id = '{workspaceId}'";
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
