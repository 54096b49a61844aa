using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Baton.Contracts.Events;
using Baton.ServerTests.Harness;
using Baton.ServerTests.Soak.Clients;
using Baton.ServerTests.Soak.Machines;

namespace Baton.ServerTests.Soak.Postgres;

/// <summary>Several servers on one database write one history.</summary>
[Collection(SoakCollection.Name)]
public sealed class PostgresOrderSoakTests
{
    const int Nodes = 3;
    const int Clients = 64;
    const int Names = 8;
    const string LastStash = "last";
    static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task CompareAndSet_OnThreeNodes_HasOneWinnerPerVersionInOneOrder()
    {
        Backend.SkipUnlessPostgres();
        using var report = new SoakReport();
        await using var nodes = await ServerNodes.StartAsync(Nodes);
        using var client = new SoakClient();
        using var patience = new CancellationTokenSource();
        var followers = nodes.Urls.Select(url => new EventFollower(() => url, LastStash)).ToArray();
        var following = Task.WhenAll(followers.Select(follower => Task.Run(() => follower.RunAsync(patience.Token))));
        var winners = new ConcurrentDictionary<(string Name, long Version), (string Content, long Seq)>();
        var attempts = SoakSize.Of(small: 20, full: 500);
        var lost = await Task.WhenAll(Enumerable.Range(0, Clients).Select(number => Task.Run(
            () => CompareAndSetAsync(client, nodes.Urls[number % Nodes], number, attempts, winners))));
        await client.PutAsync(nodes.Urls[0], LastStash, "end"u8.ToArray());
        patience.CancelAfter(s_deadline);
        await following;

        var ledger = await client.ReadLedgerAsync(nodes.Urls[1]);
        AssertIsWhatWasWon(ledger, winners);
        foreach (var follower in followers) follower.AssertSaw(ledger);
        foreach (var url in nodes.Urls) await client.VerifyAsync(url);
        for (var node = 0; node < Nodes; node++) Assert.Equal(0, await nodes.TerminateAsync(node));
        report.Figure("conditional writes", Clients * attempts);
        report.Figure("won", winners.Count);
        report.Figure("lost", lost.Sum());
        report.Figure("events seen by each of three followers", ledger.Count);
        report.Passed();
    }

    /// <summary>What a node acknowledged is seen by every other one at once, without a word from the reader.</summary>
    [Fact]
    public async Task Read_OnAnotherNode_SeesWhatWasAcknowledged()
    {
        const int Pairs = 8;
        Backend.SkipUnlessPostgres();
        using var report = new SoakReport();
        await using var nodes = await ServerNodes.StartAsync(2);
        using var client = new SoakClient();
        var each = SoakSize.Of(small: 40, full: 1250);
        await Task.WhenAll(Enumerable.Range(0, Pairs).Select(pair => Task.Run(async () =>
        {
            for (var number = 0; number < each; number++)
            {
                var (writer, reader) = number % 2 == 0 ? (nodes.Urls[0], nodes.Urls[1]) : (nodes.Urls[1], nodes.Urls[0]);
                await WriteThenReadAsync(client, writer, reader, $"stash-{pair}", number);
            }
        })));
        report.Figure("reads on the other node", Pairs * each);
        report.Passed();
    }

    static async Task WriteThenReadAsync(SoakClient client, string writer, string reader, string name, int number)
    {
        var body = Encoding.UTF8.GetBytes($"{number}");
        var put = await client.PutAsync(writer, name, body);
        Assert.True(put.IsGood, put.ToString());
        var found = await client.GetAsync(reader, "/stash/" + name);
        Assert.Equal((put.Version, $"{number}"), (found.Version, Encoding.UTF8.GetString(found.Body)));
        var seq = put.Seq.ToString(CultureInfo.InvariantCulture);
        var asked = await client.SendAsync(reader, HttpMethod.Get, "/stash/" + name, body: null, ("Baton-Min-Seq", seq));
        Assert.Equal(put.Version, asked.Version);
        Assert.True(asked.Seq >= put.Seq, $"Baton-Seq {asked.Seq} of the read is before {put.Seq}, which it asked for");
        // A cursor from another node is never ahead.
        var page = await client.GetAsync(reader, $"/events?after={seq}");
        Assert.True(page.IsGood, page.ToString());
    }

    /// <summary>Adds to what is there, so often; answers how often others were faster.</summary>
    static async Task<int> CompareAndSetAsync(
        SoakClient client, string url, int number, int attempts, ConcurrentDictionary<(string, long), (string, long)> winners)
    {
        var lost = 0;
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            var (name, content) = ($"cell-{(number + attempt) % Names}", $"{number}:{attempt}");
            var version = (await client.GetAsync(url, "/stash/" + name)).Version;
            var condition = version == 0 ? ("If-None-Match", "*") : ("If-Match", $"\"{version}\"");
            var answer = await client.PutAsync(url, name, Encoding.UTF8.GetBytes(content), condition);
            if (answer.IsGood)
            {
                Assert.Equal(version + 1, answer.Version);
                Assert.True(winners.TryAdd((name, answer.Version), (content, answer.Seq)), $"{name}@{answer.Version} was won twice");
            }
            else
            {
                Assert.Equal("version.mismatch", answer.Code);
                lost++;
            }
        }

        return lost;
    }

    static void AssertIsWhatWasWon(
        List<LedgerEvent> ledger, ConcurrentDictionary<(string Name, long Version), (string Content, long Seq)> winners)
    {
        var puts = ledger.Where(entry => entry.Resource!.StartsWith("stash:cell-", StringComparison.Ordinal)).ToList();
        Assert.Equal(winners.Count, puts.Count);
        foreach (var put in puts)
        {
            Assert.True(winners.TryGetValue((put.Resource!["stash:".Length..], put.Version!.Value), out var won), $"Nobody won {put}");
            Assert.Equal(won.Seq, put.Seq);
        }
    }
}
