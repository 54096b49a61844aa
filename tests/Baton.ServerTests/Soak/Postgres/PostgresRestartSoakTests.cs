using System.Data.Common;
using System.Diagnostics;
using Baton.ServerTests.Harness;
using Baton.ServerTests.Soak.Clients;
using Baton.ServerTests.Soak.Machines;

namespace Baton.ServerTests.Soak.Postgres;

/// <summary>Nodes and databases go away under load, and nothing that was acknowledged does.</summary>
[Collection(SoakCollection.Name)]
public sealed class PostgresRestartSoakTests
{
    const int Writers = 12;
    const int Readers = 2;
    const string LastStash = "last";
    static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Node_KilledUnderLoad_LosesNothingAndStopsNoOther()
    {
        const int Nodes = 3;
        Backend.SkipUnlessPostgres();
        using var report = new SoakReport();
        await using var nodes = await ServerNodes.StartAsync(Nodes);
        using var done = new CancellationTokenSource();
        var movers = WritersOf(nodes, Writers);
        // Those whose nodes are never killed know no other node, and no failure.
        var steady = Enumerable.Range(0, 2).Select(number => new KeyedWriter(Writers + number, _ => nodes.Urls[number])).ToArray();
        var writing = Task.WhenAll(movers.Concat(steady).Select(writer => Task.Run(() => writer.RunAsync(done.Token))));
        var kills = SoakSize.Of(small: 3, full: 20);
        for (var kill = 0; kill < kills; kill++)
        {
            await LoadAsync();
            var before = steady.Select(writer => writer.Lines.Count).ToArray();
            await nodes.KillAsync(Nodes - 1);
            await LoadAsync();
            await nodes.StartAsync(Nodes - 1);
            Assert.All(steady.Zip(before), pair => Assert.True(pair.First.Lines.Count > pair.Second, "A node stopped with another"));
        }

        await done.CancelAsync();
        await writing;
        Assert.All(steady, writer => Assert.Equal((0, 0), (writer.Unanswered, writer.Refused)));
        KeyedWriter[] all = [.. movers, .. steady];
        foreach (var url in nodes.Urls) await KeyedWriter.AssertOnceAsync(url, all);
        report.Figure("kills", kills);
        KeyedWriter.Tell(report, all);
        report.Seconds("longest stall on nodes that were not killed", steady.Max(writer => writer.LongestStall));
        report.Passed();
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("immediate")]
    public async Task Database_RestartedUnderLoad_IsUsedAgainWithoutARestart(string mode)
    {
        Backend.SkipUnlessPostgres();
        using var report = new SoakReport();
        await using var cluster = await PostgresCluster.StartAsync();
        await using var nodes = await ServerNodes.StartAsync(2, await cluster.CreateDatabaseAsync("baton"));
        var restarts = SoakSize.Of(small: 2, full: 10);
        report.Figure("mode", mode);
        report.Figure("restarts", restarts);
        await RunAsync(nodes, report, async () =>
        {
            for (var restart = 0; restart < restarts; restart++)
            {
                await LoadAsync();
                await cluster.RestartAsync(mode);
                await AssertIsBackAsync(nodes, report, $"after restart {restart}", TimeSpan.FromSeconds(5));
            }
        });
        report.Passed();
    }

    /// <summary>The primary waits for its standby before it acknowledges; so the standby has all that was acknowledged.</summary>
    [Fact]
    public async Task Primary_KilledUnderLoad_IsReplacedByItsStandby()
    {
        Backend.SkipUnlessPostgres();
        using var report = new SoakReport();
        await using var primary = await PostgresCluster.StartAsync();
        await primary.CreateDatabaseAsync("baton");
        await using var standby = await primary.StartStandbyAsync();
        await MakeSynchronousAsync(primary);
        var hosts = $"127.0.0.1:{primary.Port},127.0.0.1:{standby.Port}";
        await using var nodes = await ServerNodes.StartAsync(2, $"Host={hosts};Username=postgres;Database=baton");
        await RunAsync(nodes, report, async () =>
        {
            await LoadAsync();
            await primary.KillAsync();
            await standby.PromoteAsync();
            await AssertIsBackAsync(nodes, report, "after the promotion", TimeSpan.FromSeconds(10));
        });
        report.Passed();
    }

    /// <summary>
    /// A commit that was told to wait for the standby no longer is there, but must not be acknowledged, nor tried again
    /// by the server.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Commit_WithoutItsStandby_IsNotAcknowledged(bool hasKey)
    {
        Backend.SkipUnlessPostgres();
        using var report = new SoakReport();
        await using var cluster = await PostgresCluster.StartAsync();
        await using var nodes = await ServerNodes.StartAsync(1, await cluster.CreateDatabaseAsync("baton"));
        await using var connection = Backend.OpenSetting(cluster.Url + "/postgres");
        using var client = new SoakClient();
        await ExecuteAsync(connection, "ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        await ExecuteAsync(connection, "SELECT pg_reload_conf()");
        (string, string)[] headers = hasKey ? [("Idempotency-Key", "once")] : [];
        var write = client.AppendAsync(nodes.Urls[0], "log", "line"u8.ToArray(), headers);
        var waiting = await AwaitAsync(connection, "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
        Assert.False(write.IsCompleted);
        await ExecuteAsync(connection, $"SELECT pg_cancel_backend({waiting})");
        AssertIsUnavailable(await write.WaitAsync(s_deadline, TestContext.Current.CancellationToken));
        await ExecuteAsync(connection, "ALTER SYSTEM RESET synchronous_standby_names");
        await ExecuteAsync(connection, "SELECT pg_reload_conf()");
        if (hasKey)
        {
            var again = await client.AppendAsync(nodes.Urls[0], "log", "line"u8.ToArray(), headers);
            Assert.True(again.IsGood && again.IsReplayed, again.ToString());
        }

        Assert.Equal("line"u8.ToArray(), (await client.GetAsync(nodes.Urls[0], "/stash/log")).Body);
        report.Passed();
    }

    /// <summary>Writers, readers and followers, while something happens; then everything acknowledged is there, once.</summary>
    static async Task RunAsync(ServerNodes nodes, SoakReport report, Func<Task> happens)
    {
        using var done = new CancellationTokenSource();
        using var patience = new CancellationTokenSource();
        var writers = WritersOf(nodes, Writers);
        var followers = nodes.Urls.Select((_, node) => new EventFollower(() => nodes.Urls[node], LastStash)).ToArray();
        var following = Task.WhenAll(followers.Select(follower => Task.Run(() => follower.RunAsync(patience.Token))));
        var polling = Task.WhenAll(nodes.Urls.Select(url => Task.Run(() => PollAsync(url, patience.Token))));
        var reading = Task.WhenAll(Enumerable.Range(0, Readers).Select(
            number => Task.Run(() => ReadAsync(nodes.Urls[number % nodes.Count], done.Token))));
        var bare = nodes.Urls.Select((_, node) => new BareWriter(node, () => nodes.Urls[node])).ToArray();
        var writing = Task.WhenAll(writers.Select(writer => Task.Run(() => writer.RunAsync(done.Token)))
            .Concat(bare.Select(writer => Task.Run(() => writer.RunAsync(done.Token)))));
        await happens();
        await LoadAsync();
        await done.CancelAsync();
        await writing;
        await reading;
        using var client = new SoakClient();
        Assert.Equal(201, (await client.PutAsync(nodes.Urls[0], LastStash, "end"u8.ToArray())).Status);
        patience.CancelAfter(s_deadline);
        await following;
        await polling;
        var ledger = await client.ReadLedgerAsync(nodes.Urls[0]);
        foreach (var follower in followers) follower.AssertSaw(ledger);
        foreach (var url in nodes.Urls) await KeyedWriter.AssertOnceAsync(url, writers);
        var unknown = 0;
        foreach (var writer in bare) unknown += await writer.AssertAtMostOnceAsync(nodes.Urls[0]);
        report.Figure("happened although refused as unavailable", unknown);
        for (var node = 0; node < nodes.Count; node++) Assert.Equal(0, await nodes.TerminateAsync(node));
        KeyedWriter.Tell(report, writers);
        report.Figure("events", ledger.Count);
        report.Figure("connections of two followers", followers.Sum(follower => follower.Connections));
    }

    static KeyedWriter[] WritersOf(ServerNodes nodes, int count) =>
        [.. Enumerable.Range(0, count).Select(number => new KeyedWriter(number, move => nodes.Urls[move % nodes.Count]))];

    static Task LoadAsync() =>
        Outside.LoadAsync(500, 2000);

    /// <summary>Reads until told otherwise: all is well, or it is told to try again.</summary>
    static async Task ReadAsync(string url, CancellationToken done)
    {
        using var client = new SoakClient();
        while (!done.IsCancellationRequested)
        {
            var answer = await client.GetAsync(url, "/stashes");
            if (answer.IsGood) continue;
            AssertIsUnavailable(answer);
            await Outside.BreatheAsync(CancellationToken.None);
        }
    }

    /// <summary>Long-polls from one commit to the next until it has seen the last: no gap, nothing twice.</summary>
    static async Task PollAsync(string url, CancellationToken patience)
    {
        using var client = new SoakClient();
        for (var after = 0L; ;)
        {
            patience.ThrowIfCancellationRequested();
            var answer = await client.GetAsync(url, $"/events?after={after}&wait=5");
            if (!answer.IsGood)
            {
                AssertIsUnavailable(answer);
                await Outside.BreatheAsync(patience);
                continue;
            }

            var page = answer.Json<Baton.Contracts.Events.EventPage>();
            foreach (var item in page.Items)
            {
                Assert.Equal(after + 1, item.Seq);
                after = item.Seq;
                if (item.Resource == "stash:" + LastStash) return;
            }
        }
    }

    static void AssertIsUnavailable(Answer answer)
    {
        Assert.True(answer.Code == "storage.unavailable", answer.ToString());
        Assert.Equal(503, answer.Status);
        Assert.True(answer.RetryAfter > TimeSpan.Zero, "No Retry-After");
    }

    /// <summary>Returns when reads and writes of every node succeed; at full size, not after that time.</summary>
    static async Task AssertIsBackAsync(ServerNodes nodes, SoakReport report, string when, TimeSpan wanted)
    {
        using var client = new SoakClient();
        var start = Stopwatch.GetTimestamp();
        foreach (var url in nodes.Urls)
        {
            await Outside.UntilAsync(
                async () => (await client.PutAsync(url, "back", "x"u8.ToArray())).IsGood
                    && (await client.GetAsync(url, "/stashes")).IsGood
                    && (await client.GetAsync(url, "/readyz")).IsGood,
                s_deadline, $"{url} is not well {when}");
        }

        var time = Stopwatch.GetElapsedTime(start);
        report.Seconds($"all well {when}", time);
        if (SoakSize.IsFull) Assert.True(time < wanted, $"All was well only {time} {when}");
    }

    /// <summary>From here on a commit waits for the standby.</summary>
    static async Task MakeSynchronousAsync(PostgresCluster primary)
    {
        await using var connection = Backend.OpenSetting(primary.Url + "/postgres");
        await ExecuteAsync(connection, "ALTER SYSTEM SET synchronous_standby_names = 'standby'");
        await ExecuteAsync(connection, "SELECT pg_reload_conf()");
        await AwaitAsync(connection, "SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'");
    }

    static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Asks until there is something; its first value.</summary>
    static async Task<int> AwaitAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        int? found = null;
        await Outside.UntilAsync(
            async () => (found = await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) as int?) is not null,
            s_deadline, $"Never: {sql}");
        return found!.Value;
    }
}
