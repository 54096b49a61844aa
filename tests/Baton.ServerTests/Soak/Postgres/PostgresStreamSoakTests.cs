using System.Text;
using Baton.Contracts.Streams;
using Baton.ServerTests.Harness;
using Baton.ServerTests.Soak.Clients;
using Baton.ServerTests.Soak.Machines;

namespace Baton.ServerTests.Soak.Postgres;

/// <summary>A stream that agents on several servers append to reads the same on each of them, whole and in order.</summary>
[Collection(SoakCollection.Name)]
public sealed class PostgresStreamSoakTests
{
    const int Nodes = 3;
    static readonly (string, string) s_json = ("Content-Type", "application/json");

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Readers_OnEveryServer_HaveWhatIsAppendedOnAnyOnceInOrder()
    {
        Backend.SkipUnlessPostgres();
        using var report = new SoakReport();
        await using var nodes = await ServerNodes.StartAsync(Nodes);
        using var client = new SoakClient();
        await PostAsync(client, nodes.Urls[0], "/stream", """{"name":"log"}""");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromMinutes(5));
        var each = SoakSize.Of(small: 100, full: 3_400);
        const int Writers = Nodes * 2;
        var total = Writers * each;
        EntryReader[] readers =
        [
            .. Enumerable.Range(0, Nodes * 2).Select(number => new EventReader(() => Task.FromResult(nodes.Urls[number % Nodes]), "log", number)),
            .. Enumerable.Range(0, Nodes * 2).Select(number => new PageReader(() => Task.FromResult(nodes.Urls[number % Nodes]), "log", number)),
        ];
        var reading = Task.WhenAll(readers.Select(reader => Task.Run(() => reader.RunAsync(() => total, patience.Token))));
        var joining = Task.WhenAll(nodes.Urls.Select(url => client.GetAsync(url, $"/stream/log/join?label=done&count=5&distinct=/node")));
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            using var own = new SoakClient();
            // Each goes from server to server: the next append is often another server's than the one before.
            for (var sent = 0; sent < each; sent++)
                await PostAsync(own, nodes.Urls[(writer + sent) % Nodes], "/stream/log", $$"""{"data":{"node":{{sent % 7}},"from":"{{writer}}:{{sent}}"},"label":"{{(sent % 3 == 0 ? "done" : "begun")}}"}""");
        })));
        await reading;
        var first = readers[0].Seen.ConvertAll(entry => (entry.EntryId, entry.Data.GetRawText(), entry.Seq));
        Assert.Equal(Enumerable.Range(1, total).Select(entry => (long)entry), first.Select(entry => entry.EntryId));
        Assert.Equal(total, first.Select(entry => entry.Item2).Distinct().Count());
        Assert.All(readers, reader => Assert.Equal(first, reader.Seen.Select(entry => (entry.EntryId, entry.Data.GetRawText(), entry.Seq))));
        var wanted = readers[0].Seen.Where(entry => entry.Label == "done").DistinctBy(entry => entry.Data.GetProperty("node").GetInt32())
            .Take(5).Select(entry => entry.EntryId);
        foreach (var join in await joining) Assert.Equal(wanted, join.Json<StreamJoin>().Entries.Select(entry => entry.EntryId));
        report.Figure("servers", Nodes);
        report.Figure("entries", total);
        report.Figure("connections of the readers", readers.Sum(reader => reader.Connections));
        report.Passed();
    }

    static async Task PostAsync(SoakClient client, string url, string target, string body)
    {
        var answer = await client.SendAsync(url, HttpMethod.Post, target, Encoding.UTF8.GetBytes(body), s_json);
        Assert.True(answer.IsGood, answer.ToString());
    }
}
