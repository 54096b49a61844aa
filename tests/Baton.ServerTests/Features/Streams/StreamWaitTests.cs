using System.Net;
using System.Text.Json;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Streams;

/// <summary>Waiting for entries. The clock stands still: only what happens ends a wait.</summary>
public sealed class StreamWaitTests : IAsyncLifetime
{
    readonly TestTime _time = new();
    TestServer _server = null!;
    World _world = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(time: _time);
        _world = await World.NewAsync(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Read_NothingNewYet_IsAnsweredWhenItComes()
    {
        await CreateAsync("log");
        await AppendAsync("log", "1");
        var waiting = await WaitAsync("GET /stream/log?after=1&wait=60");
        await CreateAsync("other");
        await AppendAsync("other", "0");
        await AppendAsync("log", "2");
        Assert.Equal("[2] 2", await PageAsync(waiting));
    }

    [Fact]
    public async Task Read_ByLabel_IsNotEndedByOtherLabels()
    {
        await CreateAsync("log");
        var waiting = await WaitAsync("GET /stream/log?label=done&wait=60");
        await AppendAsync("log", "1", label: "begun");
        await AppendAsync("log", "2");
        await AppendAsync("log", "3", label: "done");
        Assert.Equal("[3] 3", await PageAsync(waiting));
    }

    [Fact]
    public async Task Read_ByLabelBehindMoreThanAPageOfOthers_IsAnswered()
    {
        await CreateAsync("log");
        var waiting = await WaitAsync("GET /stream/log?label=done&limit=1&wait=60");
        var others = string.Concat(Enumerable.Repeat("{\"data\":1},", 20));
        await _world["planner"].AskAsync($"POST /stream/log\n\n[{others}{{\"data\":2,\"label\":\"done\"}}]");
        // Looking once is enough to come behind all of them.
        PassTime(60);
        Assert.Equal("[21] 21", await PageAsync(waiting));
    }

    [Fact]
    public async Task Read_ByLabelWhenTheTimeIsOver_HasMovedOn()
    {
        await CreateAsync("log");
        var waiting = await WaitAsync("GET /stream/log?label=done&wait=60");
        await AppendAsync("log", "1");
        await AppendAsync("log", "2");
        PassTime(60);
        var page = await PageAsync(waiting);
        // The second may not have been looked at when the time was over; the cursor tells.
        Assert.Matches("^\\[\\] [012]$", page);
        var after = page[^1];
        Assert.Equal("[] 2", await PageAsync(_world.Agent.SendAsync($"GET /stream/log?label=done&after={after}")));
    }

    [Fact]
    public async Task Read_OfAStreamThatIsNotThere_IsAnsweredWhenItHasEntries()
    {
        var waiting = await WaitAsync("GET /stream/log?wait=60");
        await CreateAsync("other");
        await CreateAsync("log");
        await AppendAsync("log", "1");
        Assert.Equal("[1] 1", await PageAsync(waiting));
    }

    [Fact]
    public async Task Read_AfterNowOfAStreamThatIsNotThere_MissesNothingOfIt()
    {
        var waiting = await WaitAsync("GET /stream/log?after=now&wait=60");
        await _world["planner"].AskAsync(
            "POST /transaction\n\n{\"operations\":[{\"op\":\"stream.create\",\"name\":\"log\"},{\"op\":\"stream.append\",\"stream\":\"log\",\"data\":1}]}");
        Assert.Equal("[1] 1", await PageAsync(waiting));
    }

    [Fact]
    public async Task Read_OfAStreamThatIsDeleted_EndsWithNotFound()
    {
        await CreateAsync("log");
        var reading = await WaitAsync("GET /stream/log?wait=60");
        var latest = await WaitAsync("GET /stream/log/latest?wait=60");
        var joining = await WaitAsync("GET /stream/log/join?count=1");
        await _world["planner"].AskAsync("DELETE /stream/log");
        foreach (var waiting in new[] { reading, latest, joining })
        {
            using var answer = await waiting;
            await Problems.CheckAsync(answer, "stream.not_found");
        }
    }

    [Fact]
    public async Task Read_OfAStreamThatIsReplaced_EndsWithNotFound()
    {
        await CreateAsync("log");
        await AppendAsync("log", "1");
        var waiting = await WaitAsync("GET /stream/log?after=1&wait=60");
        await _world["planner"].AskAsync("DELETE /stream/log");
        await CreateAsync("log");
        await AppendAsync("log", "1");
        await AppendAsync("log", "2");
        using var answer = await waiting;
        await Problems.CheckAsync(answer, "stream.not_found");
    }

    [Fact]
    public async Task Wait_OfAStreamThatIsReplaced_IsForTheOneThatWasThereWhenItBegan()
    {
        await CreateAsync("log");
        await AppendAsync("log", "1");
        foreach (var send in (string[])["GET /stream/log?after=1&wait=60", "GET /stream/log/latest?after=1&wait=60", "GET /stream/log/join?count=2"])
        {
            var waiting = await WaitAsync(send);
            await _world["planner"].AskAsync("DELETE /stream/log");
            await CreateAsync("log");
            await AppendAsync("log", "1");
            using var answer = await waiting;
            await Problems.CheckAsync(answer, "stream.not_found");
        }
    }

    [Theory]
    [InlineData("GET /stream/log?")]
    [InlineData("GET /stream/log/latest?")]
    [InlineData("GET /stream/log/join?count=1&")]
    public async Task Wait_ForWhatNeverWillBeThere_TakesNoPlaceToWait(string send)
    {
        await using var server = await TestServer.StartAsync(options => options with { WaitersPerKey = 1 });
        var world = await World.NewAsync(server);
        using var events = await SseReader.OpenAsync(world.Agent, "/events?after=now");
        // The stream was looked for before the request counted as one that waits.
        foreach (var (parameters, code) in new[]
        {
            ("after=str_00000000000000000000:1", "stream.not_found"), ("after=0", "waiters.too_many"),
        })
        {
            using var answer = await world.Agent.SendAsync(send + parameters + (send.Contains("join", StringComparison.Ordinal) ? "" : "&wait=60"));
            await Problems.CheckAsync(answer, code);
        }
    }

    [Fact]
    public async Task Place_OfAPageOfAStreamThatIsReplaced_IsTakenByNoOther()
    {
        await CreateAsync("log");
        await AppendAsync("log", "1");
        var place = (await _world.Agent.AskAsync("GET /stream/log")).GetProperty("next_after").GetString();
        Assert.Equal(place, (await _world.Agent.AskAsync("GET /stream/log/join?count=1")).GetProperty("next_after").GetString());
        var sends = new[]
        {
            $"GET /stream/log?after={place}", $"GET /stream/log?after={place}&wait=60", $"GET /stream/log/latest?after={place}",
            $"GET /stream/log/join?count=1&after={place}", $"GET /stream/log\nAccept: text/event-stream\nLast-Event-ID: {place}",
        };
        await _world["planner"].AskAsync("DELETE /stream/log");
        foreach (var send in sends) await ExpectAsync(send, "stream.not_found");
        await CreateAsync("log");
        foreach (var send in sends) await ExpectAsync(send, "stream.cursor_mismatch");
        for (var entry = 1; entry <= 3; entry++) await AppendAsync("log", $"{entry}");
        foreach (var send in sends) await ExpectAsync(send, "stream.cursor_mismatch");
    }

    [Fact]
    public async Task Latest_AfterTheNewest_IsAnsweredWithANewerOne()
    {
        await CreateAsync("log");
        await AppendAsync("log", "1", label: "done");
        var waiting = await WaitAsync("GET /stream/log/latest?label=done&after=1&wait=60");
        await AppendAsync("log", "2");
        await AppendAsync("log", "3", label: "done");
        using var answer = await waiting;
        Assert.Equal("\"3\"", answer.Headers.ETag!.Tag);
        Assert.Equal(3, (await World.JsonOf(answer)).GetProperty("data").GetInt32());
    }

    [Fact]
    public async Task Latest_WhenTheTimeIsOver_IsAnsweredWithTheTagAlone()
    {
        await CreateAsync("log");
        await AppendAsync("log", "1");
        var waiting = await WaitAsync("GET /stream/log/latest?after=1&wait=60");
        PassTime(60);
        using var answer = await waiting;
        Assert.Equal((HttpStatusCode.NoContent, "\"1\""), (answer.StatusCode, answer.Headers.ETag!.Tag));
    }

    [Fact]
    public async Task Join_ForFiveWorkers_IsAnsweredByTheFifth()
    {
        var joining = await WaitAsync("GET /stream/log/join?label=done&count=5&distinct=/agent&timeout=60");
        await CreateAsync("log");
        for (var worker = 1; worker <= 5; worker++)
        {
            await AppendAsync("log", $"{{\"agent\":{worker}}}", label: "begun");
            await AppendAsync("log", $"{{\"agent\":{worker}}}", label: "done");
            // It tells so twice, as agents do.
            await AppendAsync("log", $"{{\"agent\":{worker}.0}}", label: "done");
        }

        using var answer = await joining;
        var join = await World.JsonOf(answer);
        Assert.True(join.GetProperty("complete").GetBoolean());
        Assert.Equal([2, 5, 8, 11, 14], join.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("entry_id").GetInt32()));
        Assert.EndsWith(":14", join.GetProperty("next_after").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Join_WhenTheTimeIsOver_IsWhatIsThere()
    {
        await CreateAsync("log");
        await AppendAsync("log", "1", label: "done");
        var joining = await WaitAsync("GET /stream/log/join?label=done&count=2");
        PassTime(60);
        using var answer = await joining;
        var join = await World.JsonOf(answer);
        Assert.False(join.GetProperty("complete").GetBoolean());
        Assert.Single(join.GetProperty("entries").EnumerateArray());
    }

    [Fact]
    public async Task Wait_OfAKeyThatIsRevoked_TellsNothing()
    {
        await CreateAsync("log");
        var waiting = await WaitAsync("GET /stream/log?wait=60");
        await _world["admin"].AskAsync("DELETE /keys/" + _world.Value("agent_id"));
        await AppendAsync("log", "\"secret\"");
        using var answer = await waiting;
        await Problems.CheckAsync(answer, "auth.required");
    }

    [Fact]
    public async Task Stop_WithOpenWaits_AnswersThem()
    {
        var server = await TestServer.StartAsync(time: _time);
        var world = await World.NewAsync(server);
        await world.Agent.AskAsync("POST /stream\n\n{\"name\":\"log\"}");
        using var events = await SseReader.OpenAsync(world.Agent, "/stream/log");
        var list = await WaitAsync("GET /stream/log?wait=60", world);
        var absent = await WaitAsync("GET /stream/no/latest?wait=60", world);
        var joining = await WaitAsync("GET /stream/log/join?count=3", world);
        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.Equal(("end", "{\"reason\":\"shutdown\"}"), ((await events.NextAsync())! is var end ? (end.Type, end.Data) : default));
        Assert.Equal("[] 0", await PageAsync(list));
        using var nothing = await absent;
        Assert.Equal(HttpStatusCode.NoContent, nothing.StatusCode);
        using var join = await joining;
        Assert.False((await World.JsonOf(join)).GetProperty("complete").GetBoolean());
    }

    async Task ExpectAsync(string send, string code)
    {
        using var answer = await _world.Agent.SendAsync(send);
        await Problems.CheckAsync(answer, code);
    }

    Task<JsonElement> CreateAsync(string name) => _world["planner"].AskAsync($"POST /stream\n\n{{\"name\":\"{name}\"}}");

    Task<JsonElement> AppendAsync(string stream, string data, string? label = null) => _world["planner"].AskAsync(
        $"POST /stream/{stream}\n\n{{\"data\":{data}{(label is null ? "" : $",\"label\":\"{label}\"")}}}");

    /// <summary>The entries' ids and that of the place: `[2,3] 3`.</summary>
    static async Task<string> PageAsync(Task<HttpResponseMessage> waiting)
    {
        using var answer = await waiting;
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        var page = await World.JsonOf(answer);
        var ids = page.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("entry_id").GetInt64());
        return $"[{string.Join(',', ids)}] {page.GetProperty("next_after").GetString()!.Split(':')[^1]}";
    }

    /// <summary>Sends, and returns when the server waits.</summary>
    async Task<Task<HttpResponseMessage>> WaitAsync(string send, World? world = null)
    {
        var here = world ?? _world;
        var armed = here.Server.NextWait();
        var answer = here.Agent.SendAsync(send);
        await Task.WhenAny(armed, answer);
        Assert.False(answer.IsCompleted, send);
        // By the end of one more exchange the wait has looked for the first time.
        await here["reader"].AskAsync("GET /ledger/head");
        return answer;
    }

    void PassTime(int seconds)
    {
        _time.Pass(TimeSpan.FromSeconds(seconds));
        // The waits measure by the clock that stands still, but sleep by the machine's: something wakes them.
        _server.Parts.Feed.WakeEveryone();
    }
}
