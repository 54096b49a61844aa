using System.Net;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Store.Records;

/// <summary>Records and namespaces are waited for and followed. The clock stands still: only what happens ends a wait.</summary>
public sealed class RecordWaitTests : IAsyncLifetime
{
    const string Json = "Content-Type: application/json\n\n";

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
    public async Task Record_Absent_IsAnsweredWhenItComes()
    {
        var waiting = await WaitAsync("GET /store/pipeline:job-123/raw?wait=60");
        await _world["planner"].AskAsync($"PUT /store/pipeline:job-123/other\n{Json}1");
        await _world["planner"].AskAsync($"PUT /store/pipeline:job-123/raw\n{Json}null");
        using var answer = await waiting;
        Assert.Equal("null", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("\"1\"", answer.Headers.ETag!.Tag);
    }

    [Theory]
    [InlineData("DELETE /store/n/a")]
    [InlineData("POST /store/n/clear")]
    [InlineData("POST /store/n\n\n{\"delete\":[\"a\"]}")]
    public async Task Record_DeletedOrCleared_EndsTheWait(string send)
    {
        await _world.Agent.AskAsync($"PUT /store/n/a\n{Json}1");
        var waiting = await WaitAsync("GET /store/n/a?wait=60&after_version=1");
        await _world["planner"].AskAsync(send);
        using var answer = await waiting;
        await Problems.CheckAsync(answer, "store.not_found");
    }

    [Fact]
    public async Task Record_WhenTheTimeIsOver_IsAnsweredWithItsTagAlone()
    {
        await _world.Agent.AskAsync($"PUT /store/n/a\n{Json}1");
        var waiting = await WaitAsync("GET /store/n/a?wait=60&after_version=1");
        _time.Pass(TimeSpan.FromSeconds(60));
        // The wait measures by the clock that stands still, but sleeps by the machine's: it is told to look.
        _server.Parts.Feed.WakeEveryone();
        using var answer = await waiting;
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("\"1\"", answer.Headers.ETag!.Tag);
    }

    [Fact]
    public async Task Namespace_Watched_IsAnsweredByTheNextChangeOfThePrefix()
    {
        var after = _world.Head;
        var waiting = await WaitAsync($"GET /store/n?wait=60&after={after}&prefix=a/");
        await _world["planner"].AskAsync($"PUT /store/n/b\n{Json}1");
        await _world["planner"].AskAsync($"PUT /store/m/a%2Fb\n{Json}1");
        await _world["planner"].AskAsync($"PUT /store/n/a%2Fb\n{Json}1");
        using var answer = await waiting;
        var page = await World.JsonOf(answer);
        Assert.Equal("a/b", Assert.Single(page.GetProperty("items").EnumerateArray()).GetProperty("key").GetString());
        Assert.Equal(_world.Head, page.GetProperty("next_after").GetInt64());
    }

    [Fact]
    public async Task Record_Followed_TellsItsStateAndEveryChange()
    {
        await _world.Agent.AskAsync($"PUT /store/n/a\n{Json}1");
        using var stream = await SseReader.OpenAsync(_world.Agent, "/store/n/a");
        await _world.Agent.AskAsync("PATCH /store/n/a\n\n{\"increment\":{\"\":1}}");
        await _world.Agent.AskAsync($"PUT /store/n/b\n{Json}1");
        await _world.Agent.AskAsync("POST /store/n/clear");
        var told = new List<string>();
        for (var count = 0; count < 3; count++)
        {
            var next = (await stream.NextAsync())!;
            Assert.Equal(next.Id, $"{next.Json.GetProperty("seq").GetInt64()}");
            told.Add($"{next.Json.GetProperty("op").GetString()} {next.Json.GetProperty("version")}");
        }

        Assert.Equal(["set 1", "patch 2", "clear "], told);
    }

    [Fact]
    public async Task Namespace_FollowedAgain_GoesOnWithoutGap()
    {
        await _world.Agent.AskAsync($"PUT /store/n/a\n{Json}1");
        await _world.Agent.AskAsync($"PUT /store/n/b\n{Json}1");
        string? id;
        using (var first = await SseReader.OpenAsync(_world.Agent, "/store/n"))
        {
            var opening = (await first.NextAsync())!;
            Assert.Equal("a", opening.Json.GetProperty("key").GetString());
            id = opening.Id;
        }

        await _world.Agent.AskAsync("DELETE /store/n/a");
        using var again = await SseReader.OpenAsync(_world.Agent, "/store/n", id);
        Assert.Equal("b", (await again.NextAsync())!.Json.GetProperty("key").GetString());
        Assert.Equal("delete", (await again.NextAsync())!.Json.GetProperty("op").GetString());
    }

    /// <summary>Sends, and returns when the server waits.</summary>
    async Task<Task<HttpResponseMessage>> WaitAsync(string send)
    {
        var armed = _world.Server.NextWait();
        var answer = _world.Agent.SendAsync(send);
        await Task.WhenAny(armed, answer);
        Assert.False(answer.IsCompleted, send);
        // One more exchange: by its end the wait has looked for the first time.
        await _world["reader"].AskAsync("GET /ledger/head");
        return answer;
    }
}
