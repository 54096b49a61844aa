using System.Text.Json;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Streams;

/// <summary>Readers on a node that hears of another node's commits only when it looks, which the test decides.</summary>
public sealed class StreamNodesTests
{
    static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    /// <summary>
    /// More commits in one go than a node keeps in memory: which streams they were about is no longer known there, and
    /// so every tail is behind.
    /// </summary>
    [Fact]
    public async Task Readers_AfterMoreThanANodeKeeps_MissNothing()
    {
        Backend.SkipUnlessPostgres();
        await using var nodes = await TwoNodes.StartAsync();
        using var events = await FollowTwoAsync(nodes);
        await nodes.AppendAsync("3");
        nodes.Look();
        Assert.Equal(3, await EntryOf(events));

        var waiting = await nodes.WaitAsync("GET /stream/log?after=3&wait=60");
        await nodes.AppendAsync("4");
        await nodes.SetManyAsync(900);
        await nodes.SetManyAsync(900);
        nodes.Look();
        Assert.Equal(4, await EntryOf(events));
        Assert.Equal([4], await TwoNodes.EntriesOf(waiting));
        Assert.Equal([4], await TwoNodes.EntriesOf(nodes.Reader.SendAsync("GET /stream/log?after=3&wait=60")));
    }

    /// <summary>What was acknowledged is read, also where nobody was told of it yet.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public async Task Read_OfWhatTheNodeWasNotToldOf_AnswersIt(int wait)
    {
        Backend.SkipUnlessPostgres();
        await using var nodes = await TwoNodes.StartAsync();
        using var events = await FollowTwoAsync(nodes);
        await nodes.AppendAsync("3");
        Assert.Equal([3], await TwoNodes.EntriesOf(nodes.Reader.SendAsync($"GET /stream/log?after=2&wait={wait}")));
    }

    /// <summary>A reader that has two entries: the second it was told of, and so the node's tail knows what there is.</summary>
    static async Task<SseReader> FollowTwoAsync(TwoNodes nodes)
    {
        await nodes.AppendAsync("1");
        var events = await SseReader.OpenAsync(nodes.Reader, "/stream/log");
        Assert.Equal(1, await EntryOf(events));
        await nodes.AppendAsync("2");
        nodes.Look();
        Assert.Equal(2, await EntryOf(events));
        return events;
    }

    static async Task<long> EntryOf(SseReader events)
    {
        var next = await events.NextAsync().WaitAsync(s_deadline, TestContext.Current.CancellationToken);
        return next!.Json.GetProperty("entry_id").GetInt64();
    }

    /// <summary>One node writes; the other hears of nothing, and looks when it is told to.</summary>
    sealed class TwoNodes : IAsyncDisposable
    {
        readonly TestTime _time = new();
        TestServer _deaf = null!;
        TestServer _writing = null!;
        World _world = null!;

        /// <summary>A client of the node that was not told.</summary>
        public HttpClient Reader { get; private set; } = null!;

        public static async Task<TwoNodes> StartAsync()
        {
            var nodes = new TwoNodes();
            nodes._deaf = await TestServer.StartAsync(options => options with { DatabaseNotices = false }, nodes._time);
            nodes._writing = await TestServer.StartAsync(directory: nodes._deaf.DataDirectory);
            nodes._world = await World.NewAsync(nodes._writing);
            nodes.Reader = nodes._deaf.NewClient(nodes._world.Value("agent_key"));
            await nodes._world["planner"].AskAsync("POST /stream\n\n{\"name\":\"log\"}");
            return nodes;
        }

        public Task<JsonElement> AppendAsync(string data) => _world["planner"].AskAsync($"POST /stream/log\n\n{{\"data\":{data}}}");

        /// <summary>One commit of as many entries.</summary>
        public Task<JsonElement> SetManyAsync(int count)
        {
            var set = string.Join(',', Enumerable.Range(0, count).Select(key => $"\"k{key}\":1"));
            return _world["planner"].AskAsync($"POST /store/many\n\n{{\"set\":{{{set}}}}}");
        }

        /// <summary>Sends, and returns when the node that was not told waits.</summary>
        public async Task<Task<HttpResponseMessage>> WaitAsync(string send)
        {
            var armed = _deaf.NextWait();
            var answer = Reader.SendAsync(send);
            await Task.WhenAny(armed, answer).WaitAsync(s_deadline, TestContext.Current.CancellationToken);
            // By the end of one more exchange the wait has looked for the first time.
            await Reader.AskAsync("GET /ledger/head");
            Assert.False(answer.IsCompleted, send);
            return answer;
        }

        public void Look() => _time.Advance(TimeSpan.FromSeconds(1));

        public static async Task<List<long>> EntriesOf(Task<HttpResponseMessage> asked)
        {
            using var answer = await asked.WaitAsync(s_deadline, TestContext.Current.CancellationToken);
            var page = await World.JsonOf(answer);
            return [.. page.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("entry_id").GetInt64())];
        }

        public async ValueTask DisposeAsync()
        {
            Reader.Dispose();
            await _writing.DisposeAsync();
            await _deaf.DisposeAsync();
        }
    }
}
