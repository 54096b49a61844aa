using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Baton.Contracts.Events;
using Baton.ServerTests.Harness;
using Baton.ServerTests.Soak.Clients;
using Baton.ServerTests.Soak.Machines;

namespace Baton.ServerTests.Soak.Postgres;

/// <summary>What one node does for all, and what all must hear of.</summary>
[Collection(SoakCollection.Name)]
public sealed class PostgresLeaderSoakTests
{
    static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>One node works off what is due; when it dies, another does. Each thing expires once.</summary>
    [Fact]
    public async Task Expiry_WhileLeadersDie_HappensOnceAndGoesOn()
    {
        const int TtlSeconds = 2;
        Backend.SkipUnlessPostgres();
        using var report = new SoakReport();
        await using var nodes = await ServerNodes.StartAsync(3);
        using var client = new SoakClient();
        var kills = SoakSize.Of(small: 2, full: 20);
        var each = SoakSize.Of(small: 50, full: 500);
        var wanted = new HashSet<string>();
        var slowest = TimeSpan.Zero;
        for (var kill = 0; kill < kills; kill++)
        {
            var leader = await FindLeaderAsync(nodes, client);
            var survivor = (leader + 1) % nodes.Count;
            foreach (var name in await PutMortalAsync(client, nodes, kill, each, TtlSeconds)) wanted.Add("stash:" + name);
            await nodes.KillAsync(leader);
            var start = Stopwatch.GetTimestamp();
            await AwaitExpiredAsync(client, nodes.Urls[survivor], wanted);
            var late = Stopwatch.GetElapsedTime(start) - TimeSpan.FromSeconds(TtlSeconds);
            slowest = late > slowest ? late : slowest;
            await nodes.StartAsync(leader);
        }

        var expired = await ExpiredAsync(client, nodes.Urls[0]);
        Assert.Equal(wanted.Order(), expired.Order());
        await client.VerifyAsync(nodes.Urls[0]);
        report.Figure("leaders killed", kills);
        report.Figure("expired once", expired.Count);
        report.Seconds("longest from the end of life to the last commit of it, over a kill", slowest);
        report.Passed();
    }

    [Fact]
    public async Task Key_RevokedOnOneNode_OpensNothingOnAnother()
    {
        Backend.SkipUnlessPostgres();
        using var report = new SoakReport();
        await using var nodes = await ServerNodes.StartAsync(2);
        using var admin = new HttpClient();
        admin.DefaultRequestHeaders.Add("X-API-KEY", TestServer.AdminSecret);
        var times = new List<TimeSpan>();
        var rounds = SoakSize.Of(small: 5, full: 100);
        for (var round = 0; round < rounds; round++) times.Add(await RevokeAsync(nodes, admin));
        times.Sort();
        report.Figure("revocations", rounds);
        report.Figure("median", $"{times[rounds / 2].TotalMilliseconds:0} ms");
        report.Figure("slowest", $"{times[^1].TotalMilliseconds:0} ms");
        if (SoakSize.IsFull) Assert.True(times[rounds * 98 / 100] < TimeSpan.FromSeconds(1), $"It took {times[^1]}");
        report.Passed();
    }

    /// <summary>All begin on nothing at the same time: one workspace, one key, and every node opens with it.</summary>
    [Fact]
    public async Task Start_OfSeveralOnAnEmptyDatabase_MakesOneWorkspaceWithOneKey()
    {
        const int Nodes = 4;
        Backend.SkipUnlessPostgres();
        using var report = new SoakReport();
        var rounds = SoakSize.Of(small: 1, full: 20);
        for (var round = 0; round < rounds; round++)
        {
            using var data = new ScratchDirectory();
            var environment = new Dictionary<string, string>
            {
                ["BATON_ADMIN_KEY"] = "",
                ["BATON_DATABASE"] = Backend.DatabaseOf(data.Path)!,
            };
            var directories = Enumerable.Range(0, Nodes).Select(node => Path.Combine(data.Path, $"node-{node}")).ToArray();
            var servers = directories.Select(directory => ServerProcess.Launch(directory, environment: environment)).ToArray();
            try
            {
                await Task.WhenAll(servers.Select(server => server.ReadyAsync()));
                await AssertOneKeyOpensAllAsync(servers, directories);
            }
            finally
            {
                foreach (var server in servers) await server.DisposeAsync();
            }
        }

        report.Figure("starts of four at once", rounds);
        report.Passed();
    }

    static async Task AssertOneKeyOpensAllAsync(ServerProcess[] servers, string[] directories)
    {
        var file = Assert.Single(directories, directory => File.Exists(Path.Combine(directory, "admin-key")));
        var secret = (await File.ReadAllTextAsync(Path.Combine(file, "admin-key"), Cancellation)).Trim();
        using var client = new SoakClient(secret);
        foreach (var server in servers)
        {
            var workspaces = JsonElement.Parse((await client.GetAsync(server.Url, "/workspaces")).Body).GetProperty("items");
            Assert.Equal("default", Assert.Single(workspaces.EnumerateArray()).GetProperty("name").GetString());
            Assert.Single(JsonElement.Parse((await client.GetAsync(server.Url, "/keys")).Body).GetProperty("items").EnumerateArray());
            Assert.True((await client.PutAsync(server.Url, "opened", "x"u8.ToArray())).IsGood);
            await client.VerifyAsync(server.Url);
        }
    }

    /// <summary>How long a key that was revoked on one node still opened the other.</summary>
    static async Task<TimeSpan> RevokeAsync(ServerNodes nodes, HttpClient admin)
    {
        using var made = await admin.PostAsJsonAsync(nodes.Urls[0] + "/keys", new { name = "short-lived", role = "agent" }, Cancellation);
        var key = JsonElement.Parse(await made.Content.ReadAsByteArrayAsync(Cancellation));
        using var client = new SoakClient(key.GetProperty("key").GetString());
        Assert.Equal(200, (await client.GetAsync(nodes.Urls[1], "/stashes")).Status);
        using var revoked = await admin.DeleteAsync($"{nodes.Urls[0]}/keys/{key.GetProperty("key_id").GetString()}", Cancellation);
        Assert.True(revoked.IsSuccessStatusCode);
        var start = Stopwatch.GetTimestamp();
        Assert.Equal(401, (await client.GetAsync(nodes.Urls[0], "/stashes")).Status);
        await Outside.UntilAsync(
            async () => (await client.GetAsync(nodes.Urls[1], "/stashes")).Status == 401,
            s_deadline, "A revoked key opens another node for ever");
        return Stopwatch.GetElapsedTime(start);
    }

    static async Task<List<string>> PutMortalAsync(SoakClient client, ServerNodes nodes, int round, int count, int ttlSeconds)
    {
        var names = Enumerable.Range(0, count).Select(number => $"mortal-{round}-{number}").ToList();
        var answers = await Task.WhenAll(names.Select((name, number) => client.SendAsync(
            nodes.Urls[number % nodes.Count], HttpMethod.Put, $"/stash/{name}?ttl={ttlSeconds}", "x"u8.ToArray())));
        Assert.All(answers, answer => Assert.Equal(201, answer.Status));
        return names;
    }

    /// <summary>Returns when the ledger says that each of them expired.</summary>
    static async Task AwaitExpiredAsync(SoakClient client, string url, HashSet<string> names)
    {
        var missing = names.ToHashSet();
        var start = Stopwatch.GetTimestamp();
        for (var after = 0L; missing.Count > 0;)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < s_deadline, $"{missing.Count} never expired");
            var page = (await client.GetAsync(url, $"/events?action=stash.expire&after={after}&wait=5")).Json<EventPage>();
            foreach (var entry in page.Items) missing.Remove(entry.Resource!);
            after = page.NextAfter;
        }
    }

    static async Task<List<string>> ExpiredAsync(SoakClient client, string url) =>
        [.. (await client.ReadLedgerAsync(url)).Where(entry => entry.Action == "stash.expire").Select(entry => entry.Resource!)];

    /// <summary>
    /// The node from whose port the leader's lock is held. Waits until there is one.
    /// </summary>
    static async Task<int> FindLeaderAsync(ServerNodes nodes, SoakClient client)
    {
        int? leader = null;
        await Outside.UntilAsync(
            async () =>
            {
                if (await FindLeadingPortAsync(nodes.Database) is { } port)
                    leader = Enumerable.Range(0, nodes.Count).Where(node => nodes.HasConnectionFrom(node, port)).Cast<int?>().FirstOrDefault();
                Assert.True((await client.GetAsync(nodes.Urls[0], "/healthz")).IsGood);
                return leader is not null;
            },
            s_deadline, "Nobody leads");
        return leader!.Value;
    }

    static async Task<int?> FindLeadingPortAsync(string database)
    {
        const int LeaderLock = 2;
        await using var connection = Backend.OpenSetting(database);
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            SELECT client_port FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE locktype = 'advisory' AND objid = {LeaderLock} AND granted AND datname = current_database()
            """;
        return await command.ExecuteScalarAsync(Cancellation) as int?;
    }
}
