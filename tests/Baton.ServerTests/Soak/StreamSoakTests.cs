using System.Globalization;
using System.Text;
using Baton.Contracts.Streams;
using Baton.ServerTests.Harness;
using Baton.ServerTests.Soak.Clients;
using Baton.ServerTests.Soak.Machines;

namespace Baton.ServerTests.Soak;

/// <summary>Streams, while readers, writers and the server die: every entry once, in order; never one skipped silently.</summary>
[Collection(SoakCollection.Name)]
public sealed class StreamSoakTests
{
    const int Writers = 32;
    const int ReadersOfEachKind = 8;
    static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);
    static readonly (string, string) s_json = ("Content-Type", "application/json");

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Readers_KilledAndResumedOverCrashes_HaveEveryEntryOnceInOrder()
    {
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        await using var server = new RestartingServer(data.Path);
        await CreateAsync(await server.StartAsync(), """{"name":"log"}""");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(s_patience);
        var total = SoakSize.Of(small: 1600, full: 10_000);
        EntryReader[] readers =
        [
            .. Enumerable.Range(0, ReadersOfEachKind).Select(number => new EventReader(server.UrlAsync, "log", number)),
            .. Enumerable.Range(0, ReadersOfEachKind).Select(number => new PageReader(server.UrlAsync, "log", number)),
        ];
        var reading = Task.WhenAll(readers.Select(reader => Task.Run(() => reader.RunAsync(() => total, patience.Token))));
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(
            writer => Task.Run(() => WriteAsync(server, writer, total / Writers + (writer < total % Writers ? 1 : 0), patience.Token))));
        var kills = SoakSize.Of(small: 3, full: 20);
        for (var kill = 0; kill < kills && !writing.IsCompleted; kill++)
        {
            await Outside.LoadAsync(300, 1500);
            await server.KillAsync();
            await server.StartAsync();
        }

        await writing;
        await reading;
        AssertComplete(readers, total);
        using var client = new SoakClient();
        await client.VerifyAsync(await server.UrlAsync());
        Assert.Equal(0, await server.TerminateAsync());
        Assert.Equal(0, (await ServerProcess.RunAsync(data.Path, environment: null, "check")).ExitCode);
        report.Figure("entries", total);
        report.Figure("writers", Writers);
        report.Figure("readers", readers.Length);
        report.Figure("connections of the readers", readers.Sum(reader => reader.Connections));
        report.Figure("kills", server.Kills);
        report.Passed();
    }

    [Fact]
    public async Task Join_WithWritersThatRaceAndRetryOverCrashes_IsTheFirstFive()
    {
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        await using var server = new RestartingServer(data.Path);
        await server.StartAsync();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(s_patience);
        var rounds = SoakSize.Of(small: 10, full: 150);
        var retries = 0;
        for (var round = 0; round < rounds; round++)
        {
            var stream = $"round-{round}";
            await CreateAsync(await server.UrlAsync(), $$"""{"name":"{{stream}}"}""");
            var joining = Task.WhenAll(Enumerable.Range(0, 6).Select(
                number => Task.Run(() => JoinAsync(server, stream, isDistinct: number % 2 == 0, patience.Token))));
            var writing = Task.WhenAll(Enumerable.Range(0, 8).Select(
                agent => Task.Run(() => WorkAsync(server, stream, agent, patience.Token))));
            if (round % 5 == 4)
            {
                await Outside.LoadAsync(0, 60);
                await server.KillAsync();
                await server.StartAsync();
            }

            retries += (await writing).Sum();
            var joined = await joining;
            await AssertFirstFiveAsync(await server.UrlAsync(), stream, joined);
        }

        report.Figure("rounds", rounds);
        report.Figure("kills", server.Kills);
        report.Figure("sent again", retries);
        report.Passed();
    }

    [Theory]
    [InlineData("\"max_entries\":150,\"overflow\":\"prune\"", "pruned")]
    [InlineData("\"retention_seconds\":1", "retained")]
    public async Task Readers_ThatFallBehind_AreToldWhatTheyLost(string settings, string name)
    {
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        await using var server = new RestartingServer(data.Path);
        await CreateAsync(await server.StartAsync(), $$"""{"name":"{{name}}",{{settings}}}""");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(s_patience);
        var total = SoakSize.Of(small: 3000, full: 60_000);
        EntryReader[] readers =
        [
            .. Enumerable.Range(0, 4).Select(number => new EventReader(server.UrlAsync, name, number, pauseMs: 40 * number)),
            .. Enumerable.Range(0, 4).Select(number => new PageReader(server.UrlAsync, name, number, pauseMs: 400 * number)),
        ];
        var last = long.MaxValue;
        // The last of all comes when everybody waits for it: it is not lost to anybody.
        var reading = Task.WhenAll(readers.Select(reader => Task.Run(() => reader.RunAsync(() => Volatile.Read(ref last), patience.Token))));
        using var client = new SoakClient();
        var url = await server.UrlAsync();
        for (var sent = 0; sent < total;)
        {
            var batch = Math.Min(Random.Shared.Next(1, 60), total - sent);
            await AppendAsync(client, url, name, string.Join(',', Enumerable.Range(sent + 1, batch).Select(n => $$"""{"data":{{n}}}""")), key: null);
            sent += batch;
        }

        Volatile.Write(ref last, total);
        while (!reading.IsCompleted)
        {
            await AppendAsync(client, url, name, """{"data":0}""", key: null);
            await Outside.PassAsync(TimeSpan.FromMilliseconds(200), until: reading);
        }

        await reading;
        Assert.All(readers, reader => AssertSeenOrTold(reader, total));
        Assert.Contains(readers, reader => reader.Lost.Count > 0);
        report.Figure("entries", total);
        report.Figure("told of losses", readers.Sum(reader => reader.Lost.Count));
        report.Figure("entries lost to slow readers", readers.Sum(reader => reader.Lost.Sum(range => range.To - range.From + 1)));
        report.Passed();
    }

    static void AssertComplete(EntryReader[] readers, int total)
    {
        var first = readers[0].Seen.Take(total).Select(entry => (entry.EntryId, entry.Label, entry.Data.GetRawText(), entry.Seq)).ToList();
        Assert.Equal(Enumerable.Range(1, total).Select(entry => (long)entry), first.Select(entry => entry.EntryId));
        var written = Enumerable.Range(0, Writers).SelectMany(writer => Enumerable
            .Range(0, total / Writers + (writer < total % Writers ? 1 : 0)).Select(n => $"\"{writer}:{n}\""));
        Assert.Equal(written.Order(StringComparer.Ordinal), first.Select(entry => entry.Item3).Order(StringComparer.Ordinal));
        Assert.All(readers, reader =>
        {
            Assert.Empty(reader.Lost);
            Assert.Equal(first, reader.Seen.Select(entry => (entry.EntryId, entry.Label, entry.Data.GetRawText(), entry.Seq)));
        });
    }

    /// <summary>From the first entry that a reader met on there is none that it neither saw nor was told of.</summary>
    static void AssertSeenOrTold(EntryReader reader, long total)
    {
        var known = reader.Seen.Select(entry => (From: entry.EntryId, To: entry.EntryId)).Concat(reader.Lost)
            .OrderBy(range => range.From).ToList();
        for (var index = 1; index < known.Count; index++) Assert.Equal(known[index - 1].To + 1, known[index].From);
        Assert.True(known[^1].To >= total);
        Assert.All(reader.Seen, entry => Assert.True(entry.EntryId > total || entry.Data.GetInt64() == entry.EntryId));
    }

    static async Task WriteAsync(RestartingServer server, int writer, int count, CancellationToken patience)
    {
        using var client = new SoakClient();
        for (var sent = 0; sent < count; sent++)
            await AppendUntilAcknowledgedAsync(
                client, server, "log", $$"""{"data":"{{writer}}:{{sent}}","label":"w{{writer % 4}}"}""", $"{writer}-{sent}", patience);
    }

    /// <summary>One worker of a fan-out: tells its progress, tells that it is done, and tells it again, as agents do.</summary>
    static async Task<int> WorkAsync(RestartingServer server, string stream, int agent, CancellationToken patience)
    {
        using var client = new SoakClient();
        var retries = 0;
        var done = $$"""{"data":{"agent":"a{{agent}}","n":1},"label":"done"}""";
        retries += await AppendUntilAcknowledgedAsync(client, server, stream, """{"data":{"agent":"x"},"label":"begun"}""", $"{stream}-{agent}-0", patience);
        retries += await AppendUntilAcknowledgedAsync(client, server, stream, done, $"{stream}-{agent}-1", patience);
        // The same request again: it happens once. Then another one, which counts only where agents are not distinct.
        retries += await AppendUntilAcknowledgedAsync(client, server, stream, done, $"{stream}-{agent}-1", patience);
        retries += await AppendUntilAcknowledgedAsync(client, server, stream, done, $"{stream}-{agent}-2", patience);
        return retries;
    }

    static async Task<(bool IsDistinct, StreamJoin Join)> JoinAsync(
        RestartingServer server, string stream, bool isDistinct, CancellationToken patience)
    {
        using var client = new SoakClient();
        while (true)
        {
            try
            {
                var answer = await client.GetAsync(
                    await server.UrlAsync().WaitAsync(patience),
                    $"/stream/{stream}/join?label=done&count=5&timeout=5{(isDistinct ? "&distinct=/agent" : "")}");
                if (answer.IsGood && answer.Json<StreamJoin>() is { Complete: true } join) return (isDistinct, join);
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException)
            {
                // The server died: the orchestrator asks again, as it asked.
            }
        }
    }

    static async Task AssertFirstFiveAsync(string url, string stream, (bool IsDistinct, StreamJoin Join)[] joined)
    {
        using var client = new SoakClient();
        var all = (await client.GetAsync(url, $"/stream/{stream}?limit=1000")).Json<StreamPage>().Items;
        // Of each agent one that it began and two that it is done, whatever was sent twice.
        Assert.Equal(24, all.Count);
        var done = all.Where(entry => entry.Label == "done").ToList();
        var firstFive = done.Take(5).Select(entry => entry.EntryId).ToList();
        var firstFiveAgents = done.DistinctBy(entry => entry.Data.GetProperty("agent").GetString()).Take(5).Select(entry => entry.EntryId).ToList();
        Assert.All(joined, item =>
        {
            var wanted = item.IsDistinct ? firstFiveAgents : firstFive;
            Assert.Equal(wanted, item.Join.Entries.Select(entry => entry.EntryId));
            Assert.EndsWith($":{wanted[^1]}", item.Join.NextAfter, StringComparison.Ordinal);
        });
    }

    static async Task CreateAsync(string url, string body)
    {
        using var client = new SoakClient();
        var answer = await client.SendAsync(url, HttpMethod.Post, "/stream", Encoding.UTF8.GetBytes(body), s_json);
        Assert.True(answer.IsGood, answer.ToString());
    }

    static async Task<int> AppendUntilAcknowledgedAsync(
        SoakClient client, RestartingServer server, string stream, string body, string key, CancellationToken patience)
    {
        for (var retries = 0; ; retries++)
        {
            try
            {
                await AppendAsync(client, await server.UrlAsync().WaitAsync(patience), stream, body, key);
                return retries;
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException)
            {
                // Perhaps it was appended: the key tells.
            }
        }
    }

    static async Task AppendAsync(SoakClient client, string url, string stream, string body, string? key)
    {
        var isBatch = body.Contains("},{", StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(isBatch ? $"[{body}]" : body);
        (string, string)[] headers = key is null ? [s_json] : [s_json, ("Idempotency-Key", key)];
        while (true)
        {
            var answer = await client.SendAsync(url, HttpMethod.Post, "/stream/" + stream, bytes, headers);
            if (answer.IsGood) return;
            Assert.True(
                answer.Code == "idempotency.in_progress", string.Create(CultureInfo.InvariantCulture, $"{body}: {answer}"));
        }
    }
}
