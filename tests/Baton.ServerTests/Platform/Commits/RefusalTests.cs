using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Commits;

/// <summary>Refusals are evidence, and too many of them are one entry.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task Refusals_MoreThanTenInAMinute_AreTenEntriesAndACount()
    {
        var time = new TestTime();
        await using var server = await TestServer.StartAsync(time: time);
        var world = await World.NewAsync(server);
        var before = world.Head;
        for (var count = 0; count < 14; count++) await RefuseAsync(world, "PUT /stash/a\n\nx");
        await RefuseAsync(world, "DELETE /stash/a");
        var entries = await world.EntriesAsync(before);
        Assert.Equal(10, entries.Count(entry => entry == "stash.put stash:a refused access.denied"));
        Assert.Equal("stash.delete stash:a refused access.denied", Assert.Single(entries.Skip(10)));

        var head = world.Head;
        // It passes before the wait begins: a wait that has begun would be over by it.
        time.Advance(TimeSpan.FromSeconds(66));
        var summary = await world["admin"].AskAsync($"GET /events?after={head}&wait=60&action=stash.put");
        Assert.Single(summary.GetProperty("items").EnumerateArray());
        Assert.Equal("stash.put stash:a refused access.denied x4", Assert.Single(await world.EntriesAsync(before + 11)));

        // A new minute begins anew.
        await RefuseAsync(world, "PUT /stash/a\n\nx");
        Assert.Equal("stash.put stash:a refused access.denied", Assert.Single(await world.EntriesAsync(before + 12)));
    }

    [Fact]
    public async Task Refusals_NotYetCounted_AreWrittenWhenTheServerStops()
    {
        var directory = Directory.CreateTempSubdirectory("baton-test-").FullName;
        string workspaceId;
        await using (var server = await TestServer.StartAsync(directory: directory))
        {
            var world = await World.NewAsync(server);
            workspaceId = world.WorkspaceId;
            for (var count = 0; count < 13; count++) await RefuseAsync(world, "PUT /stash/a\n\nx");
        }

        await using (var server = await TestServer.StartAsync(directory: directory))
        {
            var page = await server.Admin.AskAsync($"GET /events?action=stash.put\nBaton-Workspace: {workspaceId}");
            var last = page.GetProperty("items").EnumerateArray().Last();
            Assert.Equal(3, last.GetProperty("detail").GetProperty("count").GetInt64());
        }

        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Refusals_OfOneKeyInTwoWorkspaces_AreCountedApart()
    {
        await using var server = await TestServer.StartAsync();
        var made = await server.Admin.AskAsync("POST /keys\n\n{\"name\":\"k\",\"role\":\"server\",\"agent_id\":\"bound\"}");
        using var client = server.NewClient(made.GetProperty("key").GetString(), agent: "other");
        var (first, second) = (await World.NewAsync(server), await World.NewAsync(server));
        foreach (var world in new[] { first, second })
        {
            var before = world.Head;
            for (var count = 0; count < 10; count++)
            {
                using var answer = await client.SendAsync($"PUT /stash/a\nBaton-Workspace: {world.WorkspaceId}\n\nx");
                await Problems.CheckAsync(answer, "access.agent_mismatch");
            }

            Assert.Equal(10, (await world.EntriesAsync(before)).Count);
        }
    }

    static async Task RefuseAsync(World world, string text)
    {
        using var answer = await world["reader"].SendAsync(text);
        await Problems.CheckAsync(answer, "access.denied");
    }
}
