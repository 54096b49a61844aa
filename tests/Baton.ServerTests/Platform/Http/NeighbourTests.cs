using System.Net;
using Baton.Server.Platform.Reading;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Http;

/// <summary>What one workspace takes of what all share is its part of it. The clock stands still.</summary>
public sealed class NeighbourTests : IAsyncLifetime
{
    readonly TestTime _time = new();
    TestServer _server = null!;
    World _world = null!;
    World _other = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(options => options with { WaitersPerWorkspace = 2 }, _time);
        _world = await World.NewAsync(_server);
        _other = await World.NewAsync(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("GET /ledger/verify")]
    [InlineData("GET /store/n\nAccept: application/x-ndjson")]
    public async Task Long_WhileAnotherOfTheWorkspaceRuns_WaitsForItsTurn(string send)
    {
        foreach (var world in new[] { _world, _other }) await world.Agent.AskAsync("PUT /store/n/k\nContent-Type: application/json\n\n1");
        Task<HttpResponseMessage> waiting;
        using (await TurnsOf(send).Slots.EnterAsync(_world.WorkspaceId, Cancellation))
        {
            waiting = await QueueAsync(send);
            // Another workspace has its own.
            using var other = await _other.Agent.SendAsync(send);
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
            Assert.False(waiting.IsCompleted);
        }

        using var answer = await waiting;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET /ledger/verify")]
    [InlineData("GET /store/n\nAccept: application/x-ndjson")]
    public async Task Long_WhoseTurnDoesNotCome_IsAskedToComeAgain(string send)
    {
        await _world.Agent.AskAsync("PUT /store/n/k\nContent-Type: application/json\n\n1");
        using (await TurnsOf(send).Slots.EnterAsync(_world.WorkspaceId, Cancellation))
        {
            var waiting = await QueueAsync(send);
            _time.Advance(TimeSpan.FromSeconds(75));
            using var refused = await waiting;
            await Problems.CheckAsync(refused, "server.overloaded");
            Assert.Equal(TimeSpan.FromSeconds(5), refused.Headers.RetryAfter!.Delta);
        }

        using var answer = await _world.Agent.SendAsync(send);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET /ledger/verify")]
    [InlineData("GET /store/n\nAccept: application/x-ndjson")]
    public async Task Long_BehindOneThatTakesItsTime_GetsItsTurn(string send)
    {
        await _world.Agent.AskAsync("PUT /store/n/k\nContent-Type: application/json\n\n1");
        Task<HttpResponseMessage> waiting;
        using (await TurnsOf(send).Slots.EnterAsync(_world.WorkspaceId, Cancellation))
        {
            waiting = await QueueAsync(send);
            // As long as an answer of a whole namespace may last.
            _time.Advance(TimeSpan.FromSeconds(60));
            await _other.Agent.AskAsync("GET /stashes");
            Assert.False(waiting.IsCompleted);
        }

        using var answer = await waiting;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET /ledger/verify")]
    [InlineData("GET /store/n\nAccept: application/x-ndjson")]
    public async Task Long_BehindAsManyAsMayWait_IsAskedToComeAgain(string send)
    {
        foreach (var world in new[] { _world, _other }) await world.Agent.AskAsync("PUT /store/n/k\nContent-Type: application/json\n\n1");
        var waiting = new List<Task<HttpResponseMessage>>();
        using (await TurnsOf(send).Slots.EnterAsync(_world.WorkspaceId, Cancellation))
        {
            while (waiting.Count < 8) waiting.Add(await QueueAsync(send));
            using var refused = await _world.Agent.SendAsync(send).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
            await Problems.CheckAsync(refused, "server.overloaded");
            using var other = await _other.Agent.SendAsync(send);
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        }

        foreach (var answer in await Task.WhenAll(waiting))
        {
            using (answer) Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        using var next = await _world.Agent.SendAsync(send);
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task Waits_OfManyKeys_AreBoundedForTheirWorkspaceAlone()
    {
        using var planner = await SseReader.OpenAsync(_world["planner"], "/events?after=now");
        using var agent = await SseReader.OpenAsync(_world.Agent, "/events?after=now");
        using var refused = await _world["reader"].SendAsync("GET /events?after=now&wait=60");
        await Problems.CheckAsync(refused, "waiters.too_many");
        using var other = await SseReader.OpenAsync(_other["reader"], "/events?after=now");
        // Who does not wait is answered.
        await _world["reader"].AskAsync("GET /events?after=now");
    }

    OneAtATime TurnsOf(string send) =>
        send.Contains("verify", StringComparison.Ordinal) ? _server.Parts.Reading.Verifications : _server.Parts.Reading.Exports;

    /// <summary>Sends, and returns when the server waits for the turn.</summary>
    async Task<Task<HttpResponseMessage>> QueueAsync(string send)
    {
        var patience = _time.NextAlarm(time => time == OneAtATime.Patience);
        var answer = _world.Agent.SendAsync(send);
        await Task.WhenAny(patience, answer);
        Assert.False(answer.IsCompleted, send);
        return answer;
    }
}
