using Baton.ServerTests.Harness;
using Baton.ServerTests.Platform.Access;

namespace Baton.ServerTests.Platform.Http.Headers;

/// <summary>Headers that every answer or every request may have.</summary>
public sealed class HeaderTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TraceParent_OfAWrite_IsKeptInTheLedger()
    {
        var world = await World.NewAsync(fixture.Server);
        await world.Agent.AskAsync($"PUT /stash/a\ntraceparent: 00-{TraceId}-00f067aa0ba902b7-01\n\nx");
        Assert.Equal(TraceId, await LastTraceAsync(world));
    }

    [Fact]
    public async Task TraceParent_OfARefusal_IsKeptAndAnswered()
    {
        var world = await World.NewAsync(fixture.Server);
        using var answer = await world["reader"].SendAsync($"DELETE /stash/a\ntraceparent: 00-{TraceId}-00f067aa0ba902b7-01");
        Assert.Equal(TraceId, (await World.JsonOf(answer)).GetProperty("trace_id").GetString());
        Assert.Equal(TraceId, await LastTraceAsync(world));
    }

    [Theory]
    [InlineData("00-00000000000000000000000000000000-00f067aa0ba902b7-01")]
    [InlineData("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01")]
    [InlineData("00-xyz-00f067aa0ba902b7-01")]
    [InlineData("nonsense")]
    public async Task TraceParent_Malformed_IsIgnored(string value)
    {
        var world = await World.NewAsync(fixture.Server);
        await world.Agent.AskAsync($"PUT /stash/a\ntraceparent: {value}\n\nx");
        Assert.Null(await LastTraceAsync(world));
    }

    [Fact]
    public async Task Seq_OfEveryRead_IsACommitItIncludes()
    {
        var world = await World.NewAsync(fixture.Server);
        await world.Agent.AskAsync("PUT /stash/a\n\nx");
        foreach (var route in fixture.Server.Routes.Where(route => route is { Method: "GET", Spec.Role: not null }))
        {
            using var answer = await world[route.Spec.Action == "workspace.list" ? "server" : "admin"].SendAsync(Samples.Of(route));
            Assert.True(answer.Headers.Contains("Baton-Seq"), $"{route.Spec.Action} has no Baton-Seq.");
            Assert.Equal([$"{world.Head}"], answer.Headers.GetValues("Baton-Seq"));
        }
    }

    [Fact]
    public async Task Seq_OfEveryMutation_IsInHeaderAndBody()
    {
        var world = await World.NewAsync(fixture.Server);
        foreach (var send in new[]
        {
            "PUT /stash/a\n\nx", "PATCH /stash/a/append\n\nx", "PATCH /stash/a/replace\n\n{\"old\":\"xx\",\"new\":\"y\"}",
            "DELETE /stash/a", "POST /keys\n\n{\"name\":\"k\",\"role\":\"agent\"}", "DELETE /keys/" + world.Value("reader_id"),
        })
        {
            using var answer = await world["admin"].SendAsync(send);
            var seq = (await World.JsonOf(answer)).GetProperty("seq").GetInt64();
            Assert.Equal(world.Head, seq);
            Assert.Equal([$"{seq}"], answer.Headers.GetValues("Baton-Seq"));
        }
    }

    [Fact]
    public async Task Method_NotOfTheRoute_IsAnsweredWithThoseThatAre()
    {
        var world = await World.NewAsync(fixture.Server);
        foreach (var path in fixture.Server.Routes.GroupBy(route => route.Path))
        {
            // What stands below a path that takes all the rest is a place in it as well.
            var allowed = fixture.Server.Routes.Where(route => route.Path == path.Key
                || (route.Path.EndsWith("/{key}", StringComparison.Ordinal) && path.Key.StartsWith(route.Path[..^5], StringComparison.Ordinal)))
                .SelectMany(route => route.Method == "GET" ? ["GET", "HEAD"] : new[] { route.Method }).Distinct().Order().ToList();
            var target = path.Key.Replace("{name}", "a", StringComparison.Ordinal).Replace("{key_id}", "key_x", StringComparison.Ordinal);
            if (path.Any(route => route.Spec.Path is [.., { TakesRest: true }])) target += "/b";
            foreach (var method in new[] { "GET", "PUT", "POST", "PATCH", "DELETE", "OPTIONS" }.Except(allowed))
            {
                using var answer = await world["admin"].SendAsync($"{method} {target}");
                await Problems.CheckAsync(answer, "route.method_not_allowed");
                Assert.Equal(allowed, answer.Content.Headers.Allow.Order());
            }
        }
    }

    [Fact]
    public async Task Cors_AllowedOrigin_MayCallAndSeeTheHeaders()
    {
        await using var server = await TestServer.StartAsync(options => options with { CorsOrigins = ["https://app.example"] });
        using var preflight = await server.Admin.SendAsync(
            "OPTIONS /stash/a\nOrigin: https://app.example\nAccess-Control-Request-Method: PUT\nAccess-Control-Request-Headers: x-api-key,if-match");
        Assert.Equal(["https://app.example"], preflight.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Contains("x-api-key", string.Join(',', preflight.Headers.GetValues("Access-Control-Allow-Headers")), StringComparison.Ordinal);
        using var problem = await server.Admin.SendAsync("GET /stash/a\nOrigin: https://app.example");
        await Problems.CheckAsync(problem, "stash.not_found");
        Assert.Equal(["https://app.example"], problem.Headers.GetValues("Access-Control-Allow-Origin"));
        var exposed = string.Join(',', problem.Headers.GetValues("Access-Control-Expose-Headers"));
        foreach (var header in new[] { "ETag", "Retry-After", "RateLimit", "RateLimit-Policy", "Baton-Seq", "Baton-Updated-By", "Idempotency-Replayed" })
            Assert.Contains(header, exposed.Split(','));
        using var other = await server.Admin.SendAsync("GET /stash/a\nOrigin: https://evil.example");
        Assert.False(other.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Cors_NotConfigured_AllowsNobody()
    {
        using var answer = await fixture.Server.Admin.SendAsync("GET /stashes\nOrigin: https://app.example");
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Lane_ThatHasEnded_IsNotReadyAndTakesNoWrites()
    {
        await using var server = await TestServer.StartAsync();
        await server.Admin.AskAsync("PUT /stash/a\n\nx");
        await server.Parts.Lane.StopAsync(Cancellation);
        using (var write = await server.Admin.SendAsync("PUT /stash/a\n\ny")) await Problems.CheckAsync(write, "server.stopping");
        Assert.Equal("x", await server.Admin.GetStringAsync("/stash/a", Cancellation));
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stopped = server.Parts.Stopping.Register(stop.SetResult);
        await stop.Task;
        using var stopping = await server.Admin.SendAsync("GET /readyz");
        await Problems.CheckAsync(stopping, "server.stopping");
    }

    static async Task<string?> LastTraceAsync(World world)
    {
        var page = await world.Agent.AskAsync($"GET /events?after={world.Head - 1}");
        return page.GetProperty("items")[0].TryGetProperty("trace_id", out var trace) ? trace.GetString() : null;
    }
}
