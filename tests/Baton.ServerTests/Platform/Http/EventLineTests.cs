using System.Net;
using System.Text;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Http;

/// <summary>Event streams and lines of JSON, for every client that reads them line by line; and how it comes back.</summary>
public sealed class EventLineTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Events = "Accept: text/event-stream";

    /// <summary>At each of them some client ends a line.</summary>
    static readonly string[] s_separators = ["\u0085", "\u2028", "\u2029"];

    /// <summary>Something that happens to each, and its route.</summary>
    public static TheoryData<string, string> Streams => new()
    {
        { "/events", "PUT /stash/a\n\nx" },
        { "/stash/a", "PUT /stash/a\n\nx" },
        { "/store/n", "PUT /store/n/k\nContent-Type: application/json\n\n1" },
        { "/store/n/k", "PUT /store/n/k\nContent-Type: application/json\n\n1" },
        { "/state/planner", "PUT /state/planner/k\nContent-Type: application/json\n\n1" },
        { "/state/planner/k", "PUT /state/planner/k\nContent-Type: application/json\n\n1" },
        { "/stream/log", "POST /stream/log\n\n{\"data\":1}" },
    };

    [Fact]
    public void Streams_OfTheTable_AreAllThatTheServerHas() => Assert.Equal(
        fixture.Server.Routes.Count(route => route.Spec.Answers.Any(answer => answer.ContentType == "text/event-stream")),
        Streams.Count);

    [Theory, MemberData(nameof(Streams))]
    public async Task Stream_ThatComesBack_GoesOnBehindTheLastEvent(string path, string change)
    {
        var world = await NewAsync();
        foreach (var _ in Enumerable.Range(0, 3)) await world["planner"].AskAsync(change);
        var all = path == "/stream/log" ? "" : "after=5";
        var ids = new List<string>();
        using (var whole = await SseReader.OpenAsync(world.Agent, $"{path}?{all}"))
            while (ids.Count < 3) ids.Add((await whole.NextAsync())!.Id!);
        using (var byHeader = await SseReader.OpenAsync(world.Agent, $"{path}?{all}&lastEventId={ids[0]}", ids[1]))
            Assert.Equal(ids[2], (await byHeader.NextAsync())!.Id);
        using (var byParameter = await SseReader.OpenAsync(world.Agent, $"{path}?{all}&lastEventId={ids[0]}", lastEventId: ""))
            Assert.Equal((ids[1], ids[2]), ((await byParameter.NextAsync())!.Id, (await byParameter.NextAsync())!.Id));
        // As sources send that have seen none yet.
        using var byNeither = await SseReader.OpenAsync(world.Agent, $"{path}?{all}&lastEventId=", lastEventId: "");
        Assert.Equal(ids[0], (await byNeither.NextAsync())!.Id);
    }

    [Theory, MemberData(nameof(Streams))]
    public async Task Stream_ThatComesBackWithNoId_IsToldWhereItSaysSo(string path, string change)
    {
        var world = await NewAsync();
        await world["planner"].AskAsync(change);
        foreach (var (send, code, place) in new[]
        {
            ($"GET {path}?after=1\n{Events}\nLast-Event-ID: x", "request.invalid_header", "header:Last-Event-ID"),
            ($"GET {path}?after=1&lastEventId=x\n{Events}", "request.invalid", "query:lastEventId"),
            ($"GET {path}?after=x\n{Events}", "request.invalid", "query:after"),
            ($"GET {path}?lastEventId=1", "request.invalid", "query:lastEventId"),
        })
        {
            using var answer = await world.Agent.SendAsync(send);
            await Problems.CheckAsync(answer, code);
            var problem = await World.JsonOf(answer);
            Assert.Equal(place, Assert.Single(problem.GetProperty("errors").EnumerateArray()).GetProperty("pointer").GetString());
        }
    }

    [Theory, MemberData(nameof(Streams))]
    public async Task Stream_OfAnyText_IsUtf8AndHasLinesForEveryone(string path, string change)
    {
        var world = await NewAsync();
        await world["planner"].AskAsync(change);
        // Names and keys take two of the three, labels and values all of them.
        await world["planner"].AskAsync("PUT /store/n?key=a%E2%80%A8b%E2%80%A9\nContent-Type: application/json\n\n1");
        await world["planner"].AskAsync("PUT /state/planner?key=a%E2%80%A8b%E2%80%A9\nContent-Type: application/json\n\n1");
        await world["planner"].AskAsync($"POST /stream/log\n\n{{\"data\":\"{string.Concat(s_separators)}хорошо\",\"label\":\"\u2028\u2029\"}}");
        await world["planner"].AskAsync(change);
        using var request = Requests.Parse($"GET {path}?{(path == "/stream/log" ? "" : "after=0")}\n{Events}");
        using var answer = await world.Agent.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal("text/event-stream; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        await using var body = await answer.Content.ReadAsStreamAsync(Cancellation);
        var text = await ReadUntilAsync(body, path == "/stream/log" ? ":3\ndata: " : $"id: {world.Head}\n");
        Assert.DoesNotContain(s_separators, separator => text.Contains(separator, StringComparison.Ordinal));
        if (path == "/stream/log") Assert.Contains("\"data\":\"\\u0085\\u2028\\u2029хорошо\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/store/n")]
    [InlineData("/state/planner")]
    public async Task Lines_OfAnyText_AreLinesForEveryone(string path)
    {
        var world = await NewAsync();
        var value = $"[\"{string.Concat(s_separators)}\",\n\"é\"]";
        await world["planner"].AskAsync($"PUT {path}?key=a%E2%80%A8b\nContent-Type: application/json\n\n{value}");
        using var answer = await world.Agent.SendAsync($"GET {path}\nAccept: application/x-ndjson");
        var line = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain(s_separators, separator => line.Contains(separator, StringComparison.Ordinal));
        Assert.Contains("\"key\":\"a\\u2028b\"", line, StringComparison.Ordinal);
        Assert.Contains("\"value\":[\"\\u0085\\u2028\\u2029\", \"é\"]", line, StringComparison.Ordinal);
        // Elsewhere what was written is answered byte for byte.
        Assert.Equal(value, await world.Agent.GetStringAsync($"{path}?key=a%E2%80%A8b", Cancellation));
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    async Task<World> NewAsync()
    {
        var world = await World.NewAsync(fixture.Server);
        await world["planner"].AskAsync("POST /stream\n\n{\"name\":\"log\"}");
        return world;
    }

    static async Task<string> ReadUntilAsync(Stream body, string end)
    {
        var (text, buffer) = (new MemoryStream(), new byte[4096]);
        while (!Encoding.UTF8.GetString(text.ToArray()).Contains(end, StringComparison.Ordinal))
        {
            var count = await body.ReadAsync(buffer, Cancellation);
            Assert.NotEqual(0, count);
            text.Write(buffer.AsSpan(0, count));
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }
}
