using System.Globalization;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Store.Claims;

/// <summary>What a claim keeps to undo its `set` is counted as long as it is kept, however the claim ends.</summary>
public sealed class ClaimBytesTests : IDisposable
{
    const string Task = """PUT /store/jobs/a""" + "\nContent-Type: application/json\n\n" + """{ "status" : "pending", "n" : 1 }""";
    const string Claim = "POST /store/jobs/claim\n\n" + """{"set":{"/status":"processing"},"lease_seconds":60}""";

    readonly string _directory = Directory.CreateTempSubdirectory("baton-test-").FullName;
    readonly TestTime _time = new();

    public void Dispose()
    {
        Directory.Delete(_directory, recursive: true);
        Backend.Drop(_directory);
    }

    [Theory]
    [InlineData("POST /claim/{claim}/release")]
    [InlineData("POST /claim/{claim}/complete\n\n{}")]
    [InlineData("DELETE /store/jobs/a")]
    [InlineData("POST /store/jobs/clear")]
    [InlineData("POST /claim/{claim}/renew\n\n{\"lease_seconds\":600}")]
    [InlineData("GET /store/jobs/a")]
    public async Task Undo_WhileItIsKept_IsCounted(string end)
    {
        await using (var server = await StartAsync())
        {
            await server.Admin.AskAsync(Task);
            var claim = await ClaimAsync(server);
            await server.Admin.AskAsync(end.Replace("{claim}", claim, StringComparison.Ordinal));
        }

        CheckCount();
        await using (var server = await StartAsync()) await EndLeasesAsync(server);
        CheckCount();
        Assert.Equal(0, Ask("SELECT COUNT(*) FROM store_claim"));
    }

    [Fact]
    public async Task Undo_OfAHeldClaim_IsPartOfTheWorkspace()
    {
        await using (var server = await StartAsync())
        {
            await server.Admin.AskAsync(Task);
            await ClaimAsync(server);
        }

        Assert.True(Ask("SELECT SUM(length(undo)) FROM store_claim") > 30);
        CheckCount();
    }

    [Fact]
    public async Task Claims_ThatSetNothing_CountNothingAndGoInAFullWorkspace()
    {
        await using (var server = await StartAsync())
        {
            await server.Admin.AskAsync(Task);
            await ClaimAsync(server, """{"lease_seconds":60}""");
        }

        Assert.Equal(Ask("SELECT SUM(held_bytes) FROM store_namespace"), Ask("SELECT SUM(bytes) FROM workspace"));
        await using (var server = await StartAsync(workspaceBytes: 1))
        {
            await EndLeasesAsync(server);
            await ClaimAsync(server, """{"lease_seconds":60}""");
        }
    }

    [Fact]
    public async Task Claims_WhoseUndoHasNoRoom_AreRefused()
    {
        await using var server = await StartAsync(workspaceBytes: 3000);
        var spaces = new string(' ', 900);
        foreach (var key in "ab")
        {
            await server.Admin.AskAsync(
                $"PUT /store/jobs/{key}\nContent-Type: application/json\n\n{{{spaces}\"status\":\"pending\",\"text\":\"{new string('x', 300)}\"}}");
        }

        // The value became shorter by the white space, and was kept whole beside it.
        await ClaimAsync(server);
        using var refused = await server.Admin.SendAsync(Claim);
        await Problems.CheckAsync(refused, "workspace.full");
    }

    [Fact]
    public async Task Claims_OfAnOlderServer_TakeNothingFromTheCountWhenTheyEnd()
    {
        string claim;
        await using (var server = await StartAsync())
        {
            await server.Admin.AskAsync(Task);
            claim = await ClaimAsync(server);
        }

        BecomeOlder();
        // It goes back though the record grows, and the workspace has no room at all.
        await using (var server = await StartAsync(workspaceBytes: 1)) await server.Admin.AskAsync($"POST /claim/{claim}/release");
        Assert.Equal(0, Ask("SELECT COUNT(*) FROM store_claim"));
        CheckCount();
    }

    Task<TestServer> StartAsync(long workspaceBytes = 1_000_000) =>
        TestServer.StartAsync(options => options with { WorkspaceBytes = workspaceBytes }, _time, _directory);

    static async Task<string> ClaimAsync(TestServer server, string? body = null)
    {
        var claimed = await server.Admin.AskAsync(body is null ? Claim : "POST /store/jobs/claim\n\n" + body);
        return Assert.Single(claimed.GetProperty("items").EnumerateArray()).GetProperty("claim_id").GetString()!;
    }

    /// <summary>As long as any lease of these tests, in steps in which the due worker works off what there is.</summary>
    static async Task EndLeasesAsync(TestServer server)
    {
        for (var step = 0; step < 3; step++) await server.AdvanceAsync(TimeSpan.FromSeconds(601));
    }

    /// <summary>The workspaces hold what their records hold, and what their claims keep.</summary>
    void CheckCount() => Assert.Equal(
        Ask("SELECT SUM(held_bytes) FROM store_namespace") + Ask("SELECT SUM(length(undo)) FROM store_claim"),
        Ask("SELECT SUM(bytes) FROM workspace"));

    /// <summary>As a server left it that counted no claim.</summary>
    void BecomeOlder()
    {
        using var connection = Backend.OpenDatabaseOf(_directory);
        using var command = connection.CreateCommand();
        command.CommandText = """
            UPDATE workspace SET bytes = (
                SELECT SUM(held_bytes) FROM store_namespace n WHERE n.workspace_id = workspace.workspace_id);
            ALTER TABLE store_claim DROP COLUMN counted_bytes;
            """ + (Backend.IsPostgres ? "DELETE FROM baton_schema WHERE version > 7" : "PRAGMA user_version = 7");
        command.ExecuteNonQuery();
    }

    long Ask(string sql)
    {
        using var connection = Backend.OpenDatabaseOf(_directory);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is { } sum and not DBNull ? Convert.ToInt64(sum, CultureInfo.InvariantCulture) : 0;
    }
}
