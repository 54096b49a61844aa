using System.Net;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Http.Headers;

/// <summary>The same request with the same Idempotency-Key happens once.</summary>
public sealed class IdempotencyTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PUT /stash/a\n\nx")]
    [InlineData("PUT /stash/a?ttl=60\nIf-None-Match: *\n\nx")]
    [InlineData("PATCH /stash/seed/append\nIf-Match: \"1\"\n\nx")]
    [InlineData("PATCH /stash/seed/replace\n\n{\"old\":\"seed\",\"new\":\"leaf\"}")]
    [InlineData("DELETE /stash/seed\nIf-Match: \"1\"")]
    [InlineData("DELETE /keys/{reader_id}")]
    public async Task Mutation_SentAgain_IsAnsweredAgainAndHappensOnce(string send)
    {
        var world = await World.NewAsync(fixture.Server);
        await world["admin"].AskAsync("PUT /stash/seed\n\nseed");
        var before = world.Head;
        var text = Insert(world.Fill(send), "Idempotency-Key: k-1");
        using var first = await world["admin"].SendAsync(text);
        using var second = await world["admin"].SendAsync(text);
        Assert.True(first.IsSuccessStatusCode);
        Assert.Equal(first.StatusCode, second.StatusCode);
        Assert.Equal(
            await first.Content.ReadAsStringAsync(Cancellation), await second.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.Equal(first.Headers.GetValues("Baton-Seq"), second.Headers.GetValues("Baton-Seq"));
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(["true"], second.Headers.GetValues("Idempotency-Replayed"));
        Assert.Equal(before + 1, world.Head);
    }

    [Theory]
    [InlineData("POST /keys\n\n{\"name\":\"k\",\"role\":\"agent\"}", "admin")]
    [InlineData("POST /keys/{agent_id}/rotate\n\n{\"grace_seconds\":60}", "admin")]
    [InlineData("POST /workspaces\n\n{\"name\":\"{name}-again\"}", "server")]
    public async Task Secret_SentAgain_IsLeftOut(string send, string who)
    {
        var world = await World.NewAsync(fixture.Server);
        var text = Insert(world.Fill(send), "Idempotency-Key: k-1");
        var first = await world[who].AskAsync(text);
        using var again = await world[who].SendAsync(text);
        Assert.Equal(["true"], again.Headers.TryGetValues("Idempotency-Replayed", out var values) ? values : ["no"]);
        var second = await World.JsonOf(again);
        Assert.StartsWith("btn_", first.GetProperty("key").GetString(), StringComparison.Ordinal);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, second.GetProperty("key").ValueKind);
        Assert.Equal(first.GetProperty("key_id").GetString(), second.GetProperty("key_id").GetString());
        Assert.Equal(first.GetProperty("seq").GetInt64(), second.GetProperty("seq").GetInt64());
    }

    [Theory]
    [InlineData("PUT /stash/a\n\ny")]
    [InlineData("PUT /stash/b\n\nx")]
    [InlineData("PUT /stash/a?ttl=5\n\nx")]
    [InlineData("PUT /stash/a\nIf-Match: \"1\"\n\nx")]
    [InlineData("PUT /stash/a\nContent-Type: text/plain\n\nx")]
    [InlineData("PATCH /stash/a/append\n\nx")]
    [InlineData("DELETE /stash/a")]
    [InlineData("PUT /stash/a\nBaton-Model: gpt\n\nx")]
    [InlineData("PUT /stash/a\nBaton-Sources: stash:a@1\n\nx")]
    public async Task Key_WithAnotherRequest_IsRefused(string send)
    {
        var world = await World.NewAsync(fixture.Server);
        await world.Agent.AskAsync("PUT /stash/a\nIdempotency-Key: k\n\nx");
        using var answer = await world.Agent.SendAsync(Insert(send, "Idempotency-Key: k"));
        await Problems.CheckAsync(answer, "idempotency.key_reused");
    }

    [Theory]
    [InlineData("POST /stream/s", """{"data":{"a":1,"b":[2,{"c":3,"d":4}]}}""", """{"data":{"b":[2,{"d":4,"c":3}],"a":1}}""")]
    [InlineData("POST /stream/s", """{"data":{"a":1}}""", """ { "data" : {"\u0061":1.0} } """)]
    [InlineData("PUT /store/n/k", """{"a":1,"b":2}""", """{"b":2,"a":1}""")]
    [InlineData("PATCH /store/n/a\nContent-Type: application/merge-patch+json", """{"a":1,"b":2}""", """{"b":2,"a":1}""")]
    [InlineData("POST /transaction", """{"operations":[{"op":"stash.put","name":"a","content":"x"}]}""", """{"operations":[{"content":"x","name":"a","op":"stash.put"}]}""")]
    [InlineData("PUT /stash/a\nContent-Type: application/json", """{"a":1,"b":2}""", """{"b":2,"a":1}""")]
    public async Task Key_WithTheSameJsonWrittenOtherwise_IsTheSameRequest(string line, string first, string second)
    {
        var world = await World.NewAsync(fixture.Server);
        await world.Agent.AskAsync("POST /stream\n\n{\"name\":\"s\"}");
        await world.Agent.AskAsync("PUT /store/n/a\n\n{}");
        using var done = await world.Agent.SendAsync($"{line}\nIdempotency-Key: k\n\n{first}");
        Assert.True(done.IsSuccessStatusCode);
        var head = world.Head;
        using var again = await world.Agent.SendAsync(
            $"{line}\nIdempotency-Key: k\n{(line.Contains("Content-Type", StringComparison.Ordinal) ? "" : "Content-Type: application/json\n")}\n{second}");
        Assert.Equal(["true"], again.Headers.TryGetValues("Idempotency-Replayed", out var values) ? values : ["no"]);
        Assert.Equal(head, world.Head);
    }

    [Theory]
    [InlineData("""{"data":9007199254740993}""", """{"data":9007199254740992}""")]
    [InlineData("""{"data":[1,2]}""", """{"data":[2,1]}""")]
    [InlineData("""{"data":"1"}""", """{"data":1}""")]
    public async Task Key_WithOtherJson_IsRefused(string first, string second)
    {
        var world = await World.NewAsync(fixture.Server);
        await world.Agent.AskAsync("POST /stream\n\n{\"name\":\"s\"}");
        await world.Agent.AskAsync($"POST /stream/s\nIdempotency-Key: k\n\n{first}");
        using var answer = await world.Agent.SendAsync($"POST /stream/s\nIdempotency-Key: k\n\n{second}");
        await Problems.CheckAsync(answer, "idempotency.key_reused");
    }

    /// <summary>The schema that it needed is gone: it could not even be prepared a second time.</summary>
    [Theory]
    [InlineData("POST /stream\nIdempotency-Key: k\n\n{\"name\":\"s\",\"schema_id\":\"{schema}\"}", "DELETE /stream/s")]
    [InlineData("PUT /stash/a?schema_id={schema}\nIdempotency-Key: k\nContent-Type: application/json\n\n1", "DELETE /stash/a")]
    [InlineData("POST /transaction\nIdempotency-Key: k\n\n{\"operations\":[{\"op\":\"stream.create\",\"name\":\"s\",\"schema_id\":\"{schema}\"}]}", "DELETE /stream/s")]
    public async Task Mutation_WhoseNeedsAreGone_IsAnsweredAgain(string send, string undo)
    {
        var world = await World.NewAsync(fixture.Server);
        var schema = (await world.Agent.AskAsync(
            "POST /schema\n\n{\"name\":\"n\",\"definition\":{\"type\":\"integer\"},\"target_type\":\"both\"}"))
            .GetProperty("schema_id").GetString()!;
        var text = send.Replace("{schema}", schema, StringComparison.Ordinal);
        using var first = await world.Agent.SendAsync(text);
        Assert.True(first.IsSuccessStatusCode, await first.Content.ReadAsStringAsync(Cancellation));
        await world.Agent.AskAsync(undo);
        await world.Agent.AskAsync($"DELETE /schema/{schema}");
        var head = world.Head;
        using var again = await world.Agent.SendAsync(text);
        Assert.Equal(first.StatusCode, again.StatusCode);
        Assert.Equal(["true"], again.Headers.TryGetValues("Idempotency-Replayed", out var values) ? values : ["no"]);
        Assert.Equal(head, world.Head);
        using var other = await world.Agent.SendAsync(text.Replace("Idempotency-Key: k", "Idempotency-Key: l", StringComparison.Ordinal));
        await Problems.CheckAsync(other, "schema.not_found");
    }

    [Fact]
    public async Task Key_OfAnotherCaller_IsAnotherKey()
    {
        var world = await World.NewAsync(fixture.Server);
        await world.Agent.AskAsync("PUT /stash/a\nIdempotency-Key: k\n\n1");
        using var otherKey = await world["planner"].SendAsync("PUT /stash/a\nIdempotency-Key: k\n\n2");
        using var otherAgent = await world.Agent.SendAsync("PUT /stash/a\nIdempotency-Key: k\nBaton-Agent: b\n\n3");
        var other = await World.NewAsync(fixture.Server);
        using var otherWorkspace = await other.Agent.SendAsync("PUT /stash/a\nIdempotency-Key: k\n\n4");
        Assert.All([otherKey, otherAgent, otherWorkspace], answer => Assert.True(answer.IsSuccessStatusCode));
        Assert.All(
            [otherKey, otherAgent, otherWorkspace], answer => Assert.False(answer.Headers.Contains("Idempotency-Replayed")));
    }

    [Fact]
    public async Task Failure_SentAgain_RunsAgain()
    {
        var world = await World.NewAsync(fixture.Server);
        using var failed = await world.Agent.SendAsync("DELETE /stash/a\nIdempotency-Key: k");
        await Problems.CheckAsync(failed, "stash.not_found");
        await world.Agent.AskAsync("PUT /stash/a\n\nx");
        var deleted = await world.Agent.AskAsync("DELETE /stash/a\nIdempotency-Key: k");
        Assert.Equal(2, deleted.GetProperty("version").GetInt64());
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("ünï")]
    [InlineData("long")]
    public async Task Key_OfBadForm_IsInvalidHeader(string key)
    {
        var world = await World.NewAsync(fixture.Server);
        using var connection = await RawConnection.OpenAsync(fixture.Server.Url);
        var value = key == "long" ? new string('k', 256) : key;
        await connection.SendAsync(
            $"DELETE /stash/a HTTP/1.1\r\nHost: baton\r\nX-API-KEY: {world.Value("agent_key")}\r\nIdempotency-Key: {value}\r\n\r\n");
        var answer = await connection.ReadUntilAsync("}");
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_WhileItsRequestRuns_IsInProgress()
    {
        var world = await World.NewAsync(fixture.Server);
        using var gate = new GateOperation(world.WorkspaceId);
        var gated = fixture.Server.Parts.Runner.RunAsync(gate, traceId: null, idempotencyKey: null, Cancellation).AsTask();
        await gate.Entered;
        const string Text = "PUT /stash/a\nIdempotency-Key: k\n\nx";
        var sent = Enumerable.Range(0, 4).Select(_ => world.Agent.SendAsync(Text)).ToList();
        // The lane stands still: all but the first are turned away while that one waits.
        for (var count = 0; count < 3; count++)
        {
            var turnedAway = await Task.WhenAny(sent);
            sent.Remove(turnedAway);
            using var answer = await turnedAway;
            await Problems.CheckAsync(answer, "idempotency.in_progress");
            Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter!.Delta);
        }

        gate.Open();
        await gated;
        using var first = await sent.Single();
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
    }

    [Fact]
    public async Task Table_Full_DropsTheOldOnesAndNeverTheYoung()
    {
        var time = new TestTime();
        await using var server = await TestServer.StartAsync(options => options with { IdempotencyKeys = 3 }, time);
        await Put(server, "k1");
        await Put(server, "k2");
        time.Advance(TimeSpan.FromMinutes(9));
        await Put(server, "k3");
        using (var full = await server.Admin.SendAsync("PUT /stash/k4\nIdempotency-Key: k4\n\nx"))
        {
            await Problems.CheckAsync(full, "idempotency.full");
            Assert.True(full.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        }

        // Without a key, and with a key that is kept, nothing has to be remembered.
        await server.Admin.AskAsync("PUT /stash/plain\n\nx");
        Assert.True(await IsReplayed(server, "k1"));
        time.Advance(TimeSpan.FromMinutes(2));
        await Put(server, "k4");
        Assert.True(await IsReplayed(server, "k3"));
        Assert.True(await IsReplayed(server, "k4"));
        Assert.False(await IsReplayed(server, "k1"));
    }

    [Fact]
    public async Task Key_AfterADay_IsFree()
    {
        var time = new TestTime();
        await using var server = await TestServer.StartAsync(time: time);
        await Put(server, "k");
        time.Pass(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.True(await IsReplayed(server, "k"));
        time.Pass(TimeSpan.FromSeconds(1));
        Assert.False(await IsReplayed(server, "k"));
    }

    [Fact]
    public async Task Key_OfAWorkspaceAfterADay_MakesNoSecondOne()
    {
        var time = new TestTime();
        await using var server = await TestServer.StartAsync(time: time);
        await server.Admin.AskAsync("POST /workspaces\nIdempotency-Key: k\n\n{\"name\":\"one\"}");
        time.Pass(TimeSpan.FromHours(25));
        using var answer = await server.Admin.SendAsync("POST /workspaces\nIdempotency-Key: k\n\n{\"name\":\"two\"}");
        await Problems.CheckAsync(answer, "idempotency.key_reused");
    }

    static async Task Put(TestServer server, string key) =>
        Assert.False(await IsReplayed(server, key));

    static async Task<bool> IsReplayed(TestServer server, string key)
    {
        using var answer = await server.Admin.SendAsync($"PUT /stash/{key}\nIdempotency-Key: {key}\n\nx");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        return answer.Headers.Contains("Idempotency-Replayed");
    }

    static string Insert(string text, string header)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? $"{text}\n{header}" : $"{text[..end]}\n{header}{text[end..]}";
    }
}

/// <summary>Holds the lane until it is opened.</summary>
internal sealed class GateOperation : Operation, IDisposable
{
    readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly ManualResetEventSlim _opened = new(initialState: false);

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public GateOperation(string workspaceId) => Actor = Actor.System(workspaceId);

    public override string Name => "test.gate";

    public override string Resource => "test";

    /// <summary>The lane stands still from now on.</summary>
    public Task Entered => _entered.Task;

    public void Open() => _opened.Set();

    public override Decision Decide(UnitOfWork work)
    {
        _entered.TrySetResult();
        _opened.Wait();
        return new Effect(Answer: null);
    }

    public void Dispose()
    {
        _opened.Set();
        _opened.Dispose();
    }
}
