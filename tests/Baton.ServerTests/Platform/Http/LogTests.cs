using System.Text;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Http;

/// <summary>Logs hold no secret, whatever goes wrong. Alone, because it takes the process's console.</summary>
[Collection(nameof(ConsoleUsers))]
public sealed class LogTests
{
    [Fact]
    public async Task Logs_OfRequestsGoodAndBad_HoldNoSecret()
    {
        var console = Console.Out;
        await using var log = new StringWriter(new StringBuilder());
        Console.SetOut(TextWriter.Synchronized(log));
        var secrets = new List<string> { TestServer.AdminSecret };
        try
        {
            await using var server = await TestServer.StartAsync(options => options with { JsonLogs = true });
            var world = await World.NewAsync(server);
            foreach (var who in new[] { "admin", "agent", "reader", "planner" }) secrets.Add(world.Value(who + "_key"));
            var ticket = await world.Agent.AskAsync("POST /tickets\n\n{\"path\":\"/stashes\"}");
            secrets.Add(ticket.GetProperty("ticket").GetString()!);
            foreach (var send in new[]
            {
                "GET /stashes?ticket=" + secrets[^1], "GET /stashes?ticket=" + secrets[^1], "PUT /stash/...\n\nsecret-content",
                "POST /keys\n\n{", "GET /nowhere?key=" + secrets[1], "PUT /stash/a\nX-Other: " + secrets[1] + "\n\nsecret-content",
            })
            {
                using var answer = await world.Agent.SendAsync(send);
            }

            // A fault of the server is logged, with its exception.
            var fault = new FaultyOperation(world.WorkspaceId);
            var outcome = await server.Parts.Runner.RunAsync(
                fault, traceId: null, idempotencyKey: null, TestContext.Current.CancellationToken);
            Assert.Equal("server.internal", outcome.Failure!.Code.Code);
        }
        finally
        {
            Console.SetOut(console);
        }

        var text = log.ToString();
        Assert.Contains("failed by a fault of the server", text, StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Assert.DoesNotContain("secret-content", text, StringComparison.Ordinal);
    }

    sealed class FaultyOperation : Operation
    {
        [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
        public FaultyOperation(string workspaceId) => Actor = Actor.System(workspaceId);

        public override string Name => "test.fault";

        public override string Resource => "test";

        public override Decision Decide(UnitOfWork work) => throw new InvalidOperationException("a bug");
    }
}

[CollectionDefinition(nameof(ConsoleUsers), DisableParallelization = true)]
public sealed class ConsoleUsers;
