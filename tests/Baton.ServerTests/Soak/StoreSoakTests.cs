using System.Text;
using System.Text.Json;
using Baton.ServerTests.Harness;
using Baton.ServerTests.Soak.Clients;
using Baton.ServerTests.Soak.Machines;

namespace Baton.ServerTests.Soak;

/// <summary>Counters over crashes, and a large namespace that is read whole while many write to it.</summary>
[Collection(SoakCollection.Name)]
public sealed class StoreSoakTests
{
    const int MaxAttempts = 1000;

    static readonly (string, string) s_json = ("Content-Type", "application/json");

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Increments_RetriedWithTheirKeysOverCrashes_AreExact()
    {
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        await using var server = new RestartingServer(data.Path);
        await server.StartAsync();
        var each = SoakSize.Of(small: 20, full: 1000);
        var retries = 0;
        var work = Task.WhenAll(Enumerable.Range(0, 64).Select(number => Task.Run(async () =>
        {
            using var client = new SoakClient();
            for (var count = 0; count < each; count++)
                Interlocked.Add(ref retries, await IncrementAsync(client, server, $"{number}:{count}"));
        })));
        var kills = 0;
        while (!work.IsCompleted && kills < SoakSize.Of(small: 2, full: 20))
        {
            await Outside.LoadAsync(50, 800, until: work);
            if (work.IsCompleted) break;
            await server.KillAsync();
            await server.StartAsync();
            kills++;
        }

        await work;
        using var reader = new SoakClient();
        var url = await server.UrlAsync();
        var record = JsonElement.Parse((await reader.GetAsync(url, "/store/fanout:1/meta?full=true")).Body);
        Assert.Equal(64 * each, record.GetProperty("value").GetProperty("completed").GetInt32());
        Assert.Equal(64 * each, record.GetProperty("version").GetInt64());
        await reader.VerifyAsync(url);
        report.Figure("increments", 64 * each);
        report.Figure("kills", kills);
        report.Figure("sent again", retries);
        report.Passed();
    }

    [Fact]
    public async Task Snapshot_OfALargeNamespaceUnder16Writers_IsOneMoment()
    {
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        await using var server = new RestartingServer(data.Path);
        await server.StartAsync();
        var url = await server.UrlAsync();
        var keys = SoakSize.Of(small: 4_000, full: 200_000);
        using var client = new SoakClient();
        await FillAsync(client, url, keys);

        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var writes = 0;
        var writers = Enumerable.Range(0, 16).Select(number => Task.Run(async () =>
        {
            using var writer = new SoakClient();
            for (var count = 1; !done.IsCancellationRequested; count++, Interlocked.Increment(ref writes))
                await WritePairAsync(writer, url, number, count, keys);
        })).ToList();
        var rounds = SoakSize.Of(small: 5, full: 20);
        for (var round = 0; round < rounds; round++)
        {
            await CheckSnapshotAsync(client, url, keys);
            await CheckPagesAsync(client, url, keys);
        }

        await done.CancelAsync();
        await Task.WhenAll(writers);
        await client.VerifyAsync(url);
        report.Figure("keys", keys);
        report.Figure("snapshots", rounds);
        report.Figure("writes of two keys meanwhile", writes);
        report.Passed();
    }

    /// <summary>Sends one increment until it is answered; how often it was sent again.</summary>
    static async Task<int> IncrementAsync(SoakClient client, RestartingServer server, string key)
    {
        var body = """{"increment":{"/completed":1},"init":{"completed":0}}"""u8.ToArray();
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var url = await server.UrlAsync();
            try
            {
                var answer = await client.SendAsync(
                    url, HttpMethod.Patch, "/store/fanout:1/meta", body, s_json, ("Idempotency-Key", key));
                if (answer.IsGood) return attempt;
                Assert.True(answer.Code is "idempotency.in_progress" or "server.stopping", answer.ToString());
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException)
            {
                // It comes back.
            }
        }

        throw new InvalidOperationException($"{key} was not acknowledged in {MaxAttempts} attempts.");
    }

    static async Task FillAsync(SoakClient client, string url, int keys)
    {
        foreach (var chunk in Enumerable.Range(0, keys).Chunk(1000))
        {
            var set = string.Join(',', chunk.Select(number => $"\"{KeyOf(number)}\":0"));
            var answer = await client.SendAsync(url, HttpMethod.Post, "/store/large", Encoding.UTF8.GetBytes($"{{\"set\":{{{set}}}}}"), s_json);
            Assert.True(answer.IsGood, answer.ToString());
        }
    }

    /// <summary>One commit that sets a key of each half to the same, and one that makes another key come or go.</summary>
    static async Task WritePairAsync(SoakClient client, string url, int number, int count, int keys)
    {
        var low = ((count * 37) + number) % (keys / 2);
        var body = $"{{\"set\":{{\"{KeyOf(low)}\":{count},\"{KeyOf(low + (keys / 2))}\":{count},\"x{number}-{count % 50}\":1}}}}";
        var answer = await client.SendAsync(url, HttpMethod.Post, "/store/large", Encoding.UTF8.GetBytes(body), s_json);
        Assert.True(answer.IsGood, answer.ToString());
        if (count % 2 == 0) await client.SendAsync(url, HttpMethod.Delete, $"/store/large/x{number}-{count % 50}");
    }

    static async Task CheckSnapshotAsync(SoakClient client, string url, int keys)
    {
        using var answer = await client.OpenAsync(url, "/store/large?prefix=k", Cancellation, ("Accept", "application/x-ndjson"));
        using var lines = new System.IO.StreamReader(await answer.Content.ReadAsStreamAsync(Cancellation));
        var values = new int[keys];
        var seen = 0;
        while (await lines.ReadLineAsync(Cancellation) is { } line)
        {
            var record = JsonElement.Parse(line);
            Assert.Equal(KeyOf(seen), record.GetProperty("key").GetString());
            values[seen++] = record.GetProperty("value").GetInt32();
        }

        Assert.Equal(keys, seen);
        Assert.Equal(values[..(keys / 2)], values[(keys / 2)..]);
    }

    static async Task CheckPagesAsync(SoakClient client, string url, int keys)
    {
        var stays = 0;
        for (var query = "?limit=1000&values=false"; query is not null;)
        {
            var page = JsonElement.Parse((await client.GetAsync(url, "/store/large" + query)).Body);
            foreach (var item in page.GetProperty("items").EnumerateArray())
            {
                var key = item.GetProperty("key").GetString()!;
                if (key[0] == 'k') Assert.Equal(KeyOf(stays++), key);
            }

            var cursor = page.GetProperty("next_cursor").GetString();
            query = cursor is null ? null : $"?limit=1000&values=false&cursor={Uri.EscapeDataString(cursor)}";
        }

        Assert.Equal(keys, stays);
    }

    static string KeyOf(int number) => $"k{number:000000}";
}
