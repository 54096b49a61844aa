using Baton.Server.Features.Stashes.Versions;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Stashes;

/// <summary>Edges that were made before edges had an end: no mark in the stash's history tells of them.</summary>
public sealed class LineageMigrationTests : IDisposable
{
    readonly string _directory = Directory.CreateTempSubdirectory("baton-test-").FullName;
    readonly TestTime _time = new();

    public void Dispose()
    {
        Directory.Delete(_directory, recursive: true);
        Backend.Drop(_directory);
    }

    [Theory]
    [InlineData("PUT /stash/made\n\nx")]
    [InlineData("DELETE /stash/made")]
    public async Task Edges_OfAnOlderServer_GoWithTheirVersionsAllTheSame(string end)
    {
        await using (var server = await StartAsync())
        {
            await server.Admin.AskAsync("PUT /stash/first\n\nx");
            await server.Admin.AskAsync("PUT /stash/made\nBaton-Sources: stash:first\n\nx");
        }

        BecomeOlder();
        await using (var server = await StartAsync())
        {
            await PassAsync(server);
            Assert.Single(await EdgesAsync(server));
            await server.Admin.AskAsync(end);
            await PassAsync(server);
            Assert.Empty(await EdgesAsync(server));
        }
    }

    Task<TestServer> StartAsync() =>
        TestServer.StartAsync(options => options with { StashVersions = 1 }, _time, _directory);

    /// <summary>As an older server wrote the row, and as the migration found its edges.</summary>
    void BecomeOlder()
    {
        using var connection = Backend.OpenDatabaseOf(_directory);
        using var read = connection.CreateCommand();
        read.CommandText = "SELECT history FROM stash WHERE name = 'made'";
        var history = StashHistory.Decode((byte[])read.ExecuteScalar()!);
        using var write = connection.CreateCommand();
        write.CommandText = """
            UPDATE stash SET history = @history WHERE name = 'made';
            INSERT INTO due (workspace_id, due_at, kind, resource)
            SELECT DISTINCT workspace_id, 0, 'stash.forget_lineage', target FROM lineage;
            """;
        var parameter = write.CreateParameter();
        parameter.ParameterName = "@history";
        parameter.Value = StashHistory.Encode(history.ConvertAll(entry => entry with { GoesAtOnce = false }));
        write.Parameters.Add(parameter);
        Assert.Equal(2, write.ExecuteNonQuery());
    }

    static async Task<List<string?>> EdgesAsync(TestServer server) =>
        [.. (await server.Admin.AskAsync("GET /stash/first/lineage")).GetProperty("edges").EnumerateArray()
            .Select(edge => edge.GetProperty("target").GetString())];

    /// <summary>Seconds in each of which the due worker works off what there is.</summary>
    static async Task PassAsync(TestServer server)
    {
        for (var second = 0; second < 4; second++) await server.AdvanceAsync(TimeSpan.FromSeconds(1));
    }
}
