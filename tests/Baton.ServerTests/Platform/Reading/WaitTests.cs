using System.Net;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Reading;

/// <summary>Whatever can be read can be waited for. The clock stands still: only what happens ends a wait.</summary>
public sealed class WaitTests : IAsyncLifetime
{
    readonly TestTime _time = new();
    TestServer _server = null!;
    World _world = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(options => options with { WaitersPerKey = 3 }, _time);
        _world = await World.NewAsync(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Stash_Absent_IsAnsweredWhenItComes()
    {
        var waiting = await WaitAsync("GET /stash/a?wait=60");
        await _world["planner"].AskAsync("PUT /stash/other\n\nx");
        await _world["planner"].AskAsync("PUT /stash/a\n\nhere");
        using var answer = await waiting;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("here", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("\"1\"", answer.Headers.ETag!.Tag);
    }

    [Fact]
    public async Task Stash_AfterVersion_IsAnsweredWithALaterOne()
    {
        await _world.Agent.AskAsync("PUT /stash/a\n\n1");
        await _world.Agent.AskAsync("PUT /stash/a\n\n2");
        var waiting = await WaitAsync("GET /stash/a?wait=60&after_version=3");
        await _world["planner"].AskAsync("PUT /stash/a\n\n3");
        await _world["planner"].AskAsync("PUT /stash/a\n\n4");
        using var answer = await waiting;
        Assert.Equal("4", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Stash_Deleted_EndsTheWait()
    {
        await _world.Agent.AskAsync("PUT /stash/a\n\n1");
        var waiting = await WaitAsync("GET /stash/a?wait=60&after_version=1");
        await _world["planner"].AskAsync("DELETE /stash/a");
        using var answer = await waiting;
        await Problems.CheckAsync(answer, "stash.not_found");
    }

    [Fact]
    public async Task Stash_WhenTheTimeIsOver_IsAnsweredWithItsTagAlone()
    {
        await _world.Agent.AskAsync("PUT /stash/a\n\n1");
        var waiting = await WaitAsync("GET /stash/a?wait=60&after_version=1");
        PassTime(60);
        using var answer = await waiting;
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("\"1\"", answer.Headers.ETag!.Tag);
        Assert.Equal([$"{_world.Head}"], answer.Headers.GetValues("Baton-Seq"));
    }

    [Fact]
    public async Task Events_NoneYet_AreAnsweredWhenOneMatches()
    {
        var waiting = await WaitAsync("GET /events?wait=60&after=5&action=stash.delete");
        await _world["planner"].AskAsync("PUT /stash/a\n\n1");
        await _world["planner"].AskAsync("DELETE /stash/a");
        using var answer = await waiting;
        var page = await World.JsonOf(answer);
        Assert.Equal("stash.delete", Assert.Single(page.GetProperty("items").EnumerateArray()).GetProperty("action").GetString());
        Assert.Equal(7, page.GetProperty("next_after").GetInt64());
    }

    [Fact]
    public async Task Events_WhenTheTimeIsOver_AreAnEmptyPage()
    {
        var waiting = await WaitAsync("GET /events?wait=60&after=now");
        PassTime(60);
        using var answer = await waiting;
        Assert.Equal("{\"items\":[],\"next_after\":5}", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task MinSeq_NotThereYet_IsWaitedFor()
    {
        var waiting = await WaitAsync("GET /stashes\nBaton-Min-Seq: 6");
        await _world["planner"].AskAsync("PUT /stash/a\n\n1");
        using var answer = await waiting;
        Assert.Single((await World.JsonOf(answer)).GetProperty("items").EnumerateArray());
        Assert.Equal(["6"], answer.Headers.GetValues("Baton-Seq"));
    }

    [Fact]
    public async Task MinSeq_ThatDoesNotCome_IsNotCaughtUp()
    {
        var waiting = await WaitAsync("GET /stashes\nBaton-Min-Seq: 7");
        PassTime(5);
        using var answer = await waiting;
        await Problems.CheckAsync(answer, "read.not_caught_up");
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task Waiters_MoreThanAKeyMayHave_AreTurnedAway()
    {
        var waiting = new List<Task<HttpResponseMessage>>
        {
            await WaitAsync("GET /stash/a?wait=60"), await WaitAsync("GET /events?wait=60&after=now"),
        };
        using (await SseReader.OpenAsync(_world.Agent, "/events?after=now"))
        {
            foreach (var send in new[]
            {
                "GET /stash/a?wait=60", "GET /events?wait=60&after=now", "GET /events\nAccept: text/event-stream",
                "GET /stash/a\nAccept: text/event-stream", "GET /stashes\nBaton-Min-Seq: 99",
            })
            {
                using var turnedAway = await _world.Agent.SendAsync(send);
                await Problems.CheckAsync(turnedAway, "waiters.too_many");
                Assert.Equal(TimeSpan.FromSeconds(5), turnedAway.Headers.RetryAfter!.Delta);
            }

            // Another key has places of its own.
            using var other = await _world["planner"].SendAsync("GET /stash/a?wait=0");
            Assert.Equal(HttpStatusCode.NoContent, other.StatusCode);
        }

        await _world["planner"].AskAsync("PUT /stash/a\n\n1");
        foreach (var wait in waiting) (await wait).Dispose();
        await _world.Agent.AskAsync("GET /events?wait=60");
    }

    [Fact]
    public async Task Wait_OfAKeyThatIsRevoked_TellsNothing()
    {
        var waiting = await WaitAsync("GET /stash/a?wait=60");
        await _world["admin"].AskAsync("DELETE /keys/" + _world.Value("agent_id"));
        await _world["planner"].AskAsync("PUT /stash/a\n\nsecret");
        using var answer = await waiting;
        await Problems.CheckAsync(answer, "auth.required");
    }

    [Fact]
    public async Task Stop_WithAWaitOfAKeyThatIsRevoked_TellsNothing()
    {
        var server = await TestServer.StartAsync(time: _time);
        var world = await World.NewAsync(server);
        await world["planner"].AskAsync("PUT /stash/a\n\n1");
        var waiting = await WaitAsync("GET /stash/a?wait=60&after_version=1", world);
        await world["admin"].AskAsync("DELETE /keys/" + world.Value("agent_id"));
        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        using var answer = await waiting;
        await Problems.CheckAsync(answer, "auth.required");
    }

    [Fact]
    public async Task Stop_WithOpenWaitsAndStreams_EndsThemAllProperly()
    {
        var server = await TestServer.StartAsync(time: _time);
        var world = await World.NewAsync(server);
        await world.Agent.AskAsync("PUT /stash/a\n\n1");
        using var events = await SseReader.OpenAsync(world.Agent, "/events?after=now");
        using var stash = await SseReader.OpenAsync(world.Agent, "/stash/b");
        var single = await WaitAsync("GET /stash/a?wait=60&after_version=1", world);
        var list = await WaitAsync("GET /events?wait=60&after=now", world);
        var minSeq = await WaitAsync("GET /stashes\nBaton-Min-Seq: 99", world);

        // Far below the minute that each of them would wait.
        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        foreach (var stream in new[] { events, stash })
        {
            var end = (await stream.NextAsync())!;
            Assert.Equal(("end", "{\"reason\":\"shutdown\"}"), (end.Type, end.Data));
            Assert.Null(await stream.NextAsync());
        }

        using var singleAnswer = await single;
        Assert.Equal((HttpStatusCode.NoContent, "\"1\""), (singleAnswer.StatusCode, singleAnswer.Headers.ETag!.Tag));
        using var listAnswer = await list;
        Assert.Equal("{\"items\":[],\"next_after\":6}", await listAnswer.Content.ReadAsStringAsync(Cancellation));
        using var minSeqAnswer = await minSeq;
        await Problems.CheckAsync(minSeqAnswer, "read.not_caught_up");
    }

    /// <summary>Sends, and returns when the server waits.</summary>
    async Task<Task<HttpResponseMessage>> WaitAsync(string send, World? world = null)
    {
        var armed = (world ?? _world).Server.NextWait();
        var answer = (world ?? _world).Agent.SendAsync(send);
        await Task.WhenAny(armed, answer);
        Assert.False(answer.IsCompleted, send);
        // One more exchange: by its end the wait has looked for the first time.
        await (world ?? _world)["reader"].AskAsync("GET /ledger/head");
        return answer;
    }

    void PassTime(int seconds)
    {
        _time.Pass(TimeSpan.FromSeconds(seconds));
        // The waits measure by the clock that stands still, but sleep by the machine's: they are told to look.
        _server.Parts.Feed.WakeEveryone();
    }
}
