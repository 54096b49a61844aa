using System.Text.Json;
using Baton.Contracts.Events;
using Baton.Contracts.Json;
using Baton.ServerTests.Harness;
using Baton.ServerTests.Soak.Clients;
using Baton.ServerTests.Soak.Machines;

namespace Baton.ServerTests.Soak;

/// <summary>A follower of the change feed sees every commit once and in order, whatever restarts in between.</summary>
[Collection(SoakCollection.Name)]
public sealed class FeedSoakTests
{
    const int Writers = 4;
    const string LastStash = "watched-last";
    static readonly TimeSpan s_catchUpDeadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Follower_OverRestartsOfServerAndItself_SeesEveryCommitOnceInOrder()
    {
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        await using var server = new RestartingServer(data.Path);
        await server.StartAsync();
        using var stop = new CancellationTokenSource();
        using var patience = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(number => Task.Run(() => WriteAsync(server, number, stop.Token))));
        Follower[] followers = [new(server, "/events"), new(server, "/events?resource=stash:watched-*&action=stash.put")];
        var following = Task.WhenAll(followers.Select(follower => Task.Run(() => follower.RunAsync(patience.Token))));
        var restarts = SoakSize.Of(small: 3, full: 20);
        for (var restart = 0; restart < restarts; restart++) await RestartAsync(server, isKill: restart % 2 == 0);

        await stop.CancelAsync();
        await writing;
        using var client = new SoakClient();
        var url = await server.UrlAsync();
        // Both of them follow until they see it.
        await client.PutAsync(url, LastStash, "end"u8.ToArray());
        patience.CancelAfter(s_catchUpDeadline);
        await following;
        var ledger = await client.ReadLedgerAsync(url);
        AssertSame(ledger, followers[0]);
        AssertSame(ledger.Where(IsWatched), followers[1]);
        report.Figure("kills", server.Kills);
        report.Figure("graceful stops", server.Terminations);
        report.Figure("events", ledger.Count);
        report.Figure("connections of the followers", followers.Sum(follower => follower.Connections));
        report.Passed();
    }

    static async Task RestartAsync(RestartingServer server, bool isKill)
    {
        await Outside.LoadAsync(200, 1000);
        if (isKill) await server.KillAsync();
        else Assert.Equal(0, await server.TerminateAsync());
        await server.StartAsync();
    }

    static bool IsWatched(LedgerEvent entry) =>
        entry.Action == "stash.put" && entry.Resource!.StartsWith("stash:watched-", StringComparison.Ordinal);

    static void AssertSame(IEnumerable<LedgerEvent> wanted, Follower follower) => Assert.Equal(
        wanted.Select(entry => (entry.Seq, entry.Hash)), follower.Seen.Select(entry => (entry.Seq, entry.Hash)));

    static async Task WriteAsync(RestartingServer server, int number, CancellationToken stop)
    {
        using var client = new SoakClient();
        for (var count = 0; !stop.IsCancellationRequested; count++)
        {
            var name = count % 10 == 0 ? $"watched-{number}" : $"other-{number}";
            try
            {
                var url = await server.UrlAsync();
                if (count % 3 == 0) await client.AppendAsync(url, name, "."u8.ToArray());
                else await client.PutAsync(url, name, "content"u8.ToArray());
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException)
            {
                // The server died: whether this write counts, the ledger tells.
            }
        }
    }

    /// <summary>Reads events until its end, again and again from its cursor; hangs up by itself now and then.</summary>
    sealed class Follower(RestartingServer server, string target)
    {
        readonly Random _random = new(target.Length);
        string _cursor = "0";

        public List<LedgerEvent> Seen { get; } = [];

        public int Connections { get; private set; }

        public async Task RunAsync(CancellationToken patience)
        {
            using var client = new SoakClient();
            while (!IsAtEnd)
            {
                var url = await server.UrlAsync().WaitAsync(patience);
                Connections++;
                try
                {
                    using var response = await client.OpenAsync(
                        url, target, patience, ("Accept", "text/event-stream"), ("Last-Event-ID", _cursor));
                    Assert.Equal(200, (int)response.StatusCode);
                    await ReadAsync(response, patience);
                }
                catch (Exception gone) when (gone is HttpRequestException or IOException)
                {
                    // The server died in the middle.
                }
            }
        }

        bool IsAtEnd => Seen is [.., var last] && last.Resource == "stash:" + LastStash;

        async Task ReadAsync(HttpResponseMessage response, CancellationToken patience)
        {
            var left = _random.Next(1, 3000);
            await foreach (var item in SseReader.ReadAsync(response, patience))
            {
                if (item.Type == "end") return;
                if (item.Data is not null) Seen.Add(JsonSerializer.Deserialize<LedgerEvent>(item.Data, BatonJson.Options)!);
                _cursor = item.Id!;
                if (--left == 0 || IsAtEnd) return;
            }
        }
    }
}
