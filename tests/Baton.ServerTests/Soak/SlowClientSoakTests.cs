using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Baton.ServerTests.Harness;
using Baton.ServerTests.Soak.Clients;
using Baton.ServerTests.Soak.Machines;

namespace Baton.ServerTests.Soak;

/// <summary>A client that is slow, or does nothing, costs the others nothing.</summary>
[Collection(SoakCollection.Name)]
public sealed class SlowClientSoakTests
{
    const int Mebibyte = 1024 * 1024;

    /// <summary>Kestrel gives a body 5 s before it asks for a rate.</summary>
    static readonly TimeSpan s_cutDeadline = TimeSpan.FromSeconds(30);

    static readonly TimeSpan s_readDeadline = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Upload_ThatDribbles_IsEndedAndHoldsNobody()
    {
        Backend.SkipUnlessEmbedded("It is about connections of clients alone.");
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path);
        using var client = new SoakClient();
        await client.PutAsync(server.Url, "other", "warm"u8.ToArray());
        var start = Stopwatch.GetTimestamp();
        var uploads = Task.WhenAll(Enumerable.Range(0, SoakSize.Of(small: 20, full: 200)).Select(_ => DribbleAsync(server.Url)));
        var (writes, slowest) = (0, TimeSpan.Zero);
        while (!uploads.IsCompleted)
        {
            var before = Stopwatch.GetTimestamp();
            Assert.Equal(200, (await client.PutAsync(server.Url, "other", "content"u8.ToArray())).Status);
            var took = Stopwatch.GetElapsedTime(before);
            slowest = took > slowest ? took : slowest;
            writes++;
        }

        foreach (var answer in await uploads)
            Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 408 ", StringComparison.Ordinal), answer);
        Assert.Equal(404, (await client.GetAsync(server.Url, "/stash/dribbled")).Status);
        Assert.True(slowest < TimeSpan.FromSeconds(15), $"A write took {slowest} meanwhile.");
        report.Seconds("uploads ended after", Stopwatch.GetElapsedTime(start));
        report.Figure("writes meanwhile", writes);
        report.Seconds("slowest of them", slowest);
        report.Passed();
    }

    /// <summary>A reader that never reads is cut: seen by its key's only places among the waiters, which become free.</summary>
    [Fact]
    public async Task Stream_ThatIsNeverRead_IsCutWhileOthersGoOn()
    {
        const int Places = 2;
        Backend.SkipUnlessEmbedded("It is about connections of clients alone.");
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path, port: 0, environment: new Dictionary<string, string>
        {
            ["BATON_WAITERS_PER_KEY"] = Places.ToString(CultureInfo.InvariantCulture),
            // Long enough that the places are seen taken before, however busy the machine is.
            ["BATON_SLOW_READER_SECONDS"] = "6",
        });
        using var client = new SoakClient();
        using var reader = await client.OpenAsync(
            server.Url, "/events", TestContext.Current.CancellationToken, ("Accept", "text/event-stream"));
        var reading = Task.Run(() => ReadUntilAsync(reader, "stash:last"));
        // More than the buffers of both kernels hold.
        var events = await WriteLongEntriesAsync(client, server.Url, SoakSize.Of(small: 12_000, full: 100_000));
        var before = server.MemoryBytes("VmRSS");
        var slowKey = await NewKeyAsync(client, server.Url);
        var idle = new List<RawConnection>();
        for (var number = 0; number < Places; number++) idle.Add(await OpenAndNeverReadAsync(server.Url, slowKey));
        using var slow = new SoakClient(slowKey);
        var cutAfter = await AwaitPlaceAsync(slow, client, server.Url);
        var growth = server.MemoryBytes("VmRSS") - before;
        await client.PutAsync(server.Url, "last", "end"u8.ToArray());
        Assert.True(await reading > events);
        Assert.True(growth < 64 * Mebibyte, $"Memory grew by {growth} bytes.");
        idle.ForEach(connection => connection.Dispose());
        report.Figure("events", events);
        report.Seconds("cut after", cutAfter);
        report.Mebibytes("growth", Math.Max(0, growth));
        report.Passed();
    }

    [Fact]
    public async Task IdleWaiters_Many_CostLittleAndAreAllAnswered()
    {
        Backend.SkipUnlessEmbedded("It is about connections of clients alone.");
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path);
        using var client = new SoakClient();
        // A client has no more than 1 024 connections, and each that waits holds one.
        using var polling = new SoakClient();
        using var streaming = new SoakClient();
        await client.PutAsync(server.Url, "other", "warm"u8.ToArray());
        var count = SoakSize.Of(small: 300, full: 1000);
        var before = server.MemoryBytes("VmRSS");
        var streams = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => streaming.OpenAsync(
            server.Url, "/stash/awaited", TestContext.Current.CancellationToken, ("Accept", "text/event-stream"))));
        var polls = Enumerable.Range(0, count).Select(_ => polling.GetAsync(server.Url, "/stash/awaited?wait=60")).ToList();
        // Others write meanwhile; then the polls have all been taken up, or are answered from the stash itself.
        for (var number = 0; number < 500; number++)
            Assert.True((await client.PutAsync(server.Url, "other", "content"u8.ToArray())).IsGood);
        var growth = server.MemoryBytes("VmRSS") - before;
        var start = Stopwatch.GetTimestamp();
        await client.PutAsync(server.Url, "awaited", "it"u8.ToArray());
        foreach (var answer in await Task.WhenAll(polls)) Assert.Equal("it"u8.ToArray(), answer.Body);
        foreach (var opened in streams)
        {
            using var stream = opened;
            Assert.Equal(1, await ReadUntilAsync(stream, "\"awaited\""));
        }

        report.Seconds("all told after", Stopwatch.GetElapsedTime(start));
        Assert.True(growth < count * Mebibyte / 4L, $"Memory grew by {growth} bytes.");
        report.Figure("streams and long-polls", count * 2);
        report.Mebibytes("growth", Math.Max(0, growth));
        report.Passed();
    }

    /// <summary>Sends a byte now and then, until the server has enough of it; its answer, or nothing.</summary>
    static async Task<string> DribbleAsync(string url)
    {
        using var connection = await RawConnection.OpenAsync(url);
        await connection.SendAsync(
            $"PUT /stash/dribbled HTTP/1.1\r\nHost: h\r\nX-API-KEY: {TestServer.AdminSecret}\r\nContent-Length: 100000\r\n\r\n");
        var answer = connection.ReadToEndAsync(s_cutDeadline);
        try
        {
            while (!answer.IsCompleted)
            {
                await connection.SendAsync("x");
                await Outside.PassAsync(TimeSpan.FromMilliseconds(200), until: answer);
            }
        }
        catch (IOException)
        {
            // Closed.
        }

        return await answer;
    }

    /// <summary>Entries of about 900 bytes, so that fewer do.</summary>
    static async Task<int> WriteLongEntriesAsync(SoakClient client, string url, int count)
    {
        var type = ("Content-Type", "text/" + new string('x', 240));
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, 32).Select(writer => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) <= count)
                Assert.True((await client.PutAsync(url, $"long-{writer}", "x"u8.ToArray(), type)).IsGood);
        })));
        return count;
    }

    static async Task<string> NewKeyAsync(SoakClient client, string url)
    {
        var answer = await client.SendAsync(
            url, HttpMethod.Post, "/keys", """{"name":"slow","role":"reader"}"""u8.ToArray(), ("Content-Type", "application/json"));
        Assert.Equal(201, answer.Status);
        using var key = JsonDocument.Parse(answer.Body);
        return key.RootElement.GetProperty("key").GetString()!;
    }

    static async Task<RawConnection> OpenAndNeverReadAsync(string url, string secret)
    {
        var connection = await RawConnection.OpenAsync(url, receiveBufferSize: 4096);
        await connection.SendAsync($"GET /events HTTP/1.1\r\nHost: h\r\nX-API-KEY: {secret}\r\nAccept: text/event-stream\r\n\r\n");
        return connection;
    }

    /// <summary>How long it takes until the key may wait again; others write meanwhile.</summary>
    static async Task<TimeSpan> AwaitPlaceAsync(SoakClient slow, SoakClient others, string url)
    {
        var start = Stopwatch.GetTimestamp();
        var wasFull = false;
        while (true)
        {
            var answer = await slow.GetAsync(url, "/events?after=now&wait=1");
            if (answer.Status == 200 && wasFull) return Stopwatch.GetElapsedTime(start);
            if (answer.Status == 429) wasFull = true;
            Assert.True(Stopwatch.GetElapsedTime(start) < s_cutDeadline, "Whoever does not read is not cut.");
            Assert.True((await others.PutAsync(url, "other", "content"u8.ToArray())).IsGood);
        }
    }

    /// <summary>How many events came up to the first that holds this text.</summary>
    static async Task<int> ReadUntilAsync(HttpResponseMessage response, string text)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(s_readDeadline);
        var count = 0;
        await foreach (var item in SseReader.ReadAsync(response, patience.Token))
        {
            Assert.NotEqual("end", item.Type);
            if (item.Data is null) continue;
            count++;
            if (item.Data.Contains(text, StringComparison.Ordinal)) return count;
        }

        throw new InvalidOperationException($"The stream ended before {text}.");
    }
}
