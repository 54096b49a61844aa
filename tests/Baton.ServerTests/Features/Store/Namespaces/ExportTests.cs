using System.IO.Pipelines;
using System.Text;
using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Store.Namespaces;

/// <summary>A whole namespace is read without HTTP as well: whoever calls gives a writer for the lines.</summary>
public sealed class ExportTests : IAsyncLifetime
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
    public async Task Lines_WrittenToAPipe_AreThoseOfHttp()
    {
        await PutAsync("a", "[1,  2]");
        await PutAsync("b", "null");
        var caller = NewCaller();
        using var output = new MemoryStream();
        var begun = 0;
        var failure = await ReadAsync(caller, () =>
        {
            // What the answer includes is known before its first line.
            Assert.Equal(_world.Head, caller.Seq);
            begun++;
            return PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true));
        });
        Assert.Null(failure);
        Assert.Equal(1, begun);
        using var answer = await _world.Agent.SendAsync("GET /store/n\nAccept: application/x-ndjson");
        var lines = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(2, lines.Count(c => c == '\n'));
        Assert.Equal(lines, Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public async Task Lines_NobodyTakesInTime_EndWithAFailure()
    {
        await PutAsync("a", $"\"{new string('x', 256 * 1024)}\"");
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1024, resumeWriterThreshold: 512));
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = ReadAsync(NewCaller(), () =>
        {
            begun.SetResult();
            return pipe.Writer;
        });
        await begun.Task;
        Assert.False((await pipe.Reader.ReadAsync(Cancellation)).IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(61));
        var failure = await reading;
        Assert.Equal("server.overloaded", failure!.Code.Code);
        Assert.Contains("not taken within 60 s", failure.Detail, StringComparison.Ordinal);
        // The turn was given back.
        Assert.Null(await ReadAsync(NewCaller(), () => PipeWriter.Create(Stream.Null)));
    }

    [Fact]
    public async Task Beginning_NoLinesWereAskedFor_IsAll()
    {
        await PutAsync("a", "1");
        var caller = NewCaller();
        Assert.Null(await ReadAsync(caller, () => null));
        Assert.Equal(_world.Head, caller.Seq);
    }

    async Task<Failure?> ReadAsync(Caller caller, Func<PipeWriter?> begin)
    {
        var range = new RecordRange(
            new NamespaceKey(_world.WorkspaceId, "n"), Prefix: "", After: "", _server.Parts.Clock.Now());
        return await ExportRecords.ReadAsync(caller, _server.Features.Store, "store.list", range, withValues: true, begin);
    }

    Caller NewCaller() => new(
        _server.Parts.Reading, Actor.System(_world.WorkspaceId), SecretHash.Of(_world.Value("agent_key")), traceId: null,
        Cancellation);

    async Task PutAsync(string key, string json) =>
        await _world.Agent.AskAsync($"PUT /store/n/{key}\nContent-Type: application/json\n\n{json}");
}
