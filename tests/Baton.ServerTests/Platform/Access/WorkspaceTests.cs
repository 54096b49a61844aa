using System.Text.RegularExpressions;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Access;

/// <summary>What another workspace holds does not exist: every route answers as if nobody had it.</summary>
public sealed partial class WorkspaceTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Route_AboutThingsOfAnotherWorkspace_AnswersAsForThingsOfNobody()
    {
        foreach (var route in fixture.Server.Routes.Where(route => route.Spec.Action != "workspace.create"))
        {
            // Two bystanders that are alike: before the first asks, nobody has anything; before the second, another has.
            var owner = await World.NewAsync(fixture.Server);
            var first = await World.NewAsync(fixture.Server);
            var sample = Samples.Of(route);
            var ofNobody = await AskAsync(first, sample, keyId: "key_00000000000000000000");
            await FillAsync(owner);
            var second = await World.NewAsync(fixture.Server);
            var ofAnother = await AskAsync(second, sample, owner.Value("planner_id"));
            Assert.Equal(
                Neutral(ofNobody, first, "key_00000000000000000000"), Neutral(ofAnother, second, owner.Value("planner_id")));
        }
    }

    [Fact]
    public async Task Header_NamingAnotherWorkspace_AnswersAsForNone()
    {
        var (owner, other) = (await World.NewAsync(fixture.Server), await World.NewAsync(fixture.Server));
        foreach (var route in fixture.Server.Routes.Where(route => route.Spec.Role is not null))
        {
            var ofNobody = await AskAsync(other, Samples.Of(route), "key_x", "Baton-Workspace: ws_00000000000000000000");
            var ofAnother = await AskAsync(other, Samples.Of(route), "key_x", "Baton-Workspace: " + owner.WorkspaceId);
            Assert.StartsWith("404", ofAnother, StringComparison.Ordinal);
            Assert.Equal(
                ofNobody.Replace("ws_00000000000000000000", "W", StringComparison.Ordinal),
                ofAnother.Replace(owner.WorkspaceId, "W", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Writes_InOneWorkspace_CountAndShowNothingInAnother()
    {
        var (owner, other) = (await World.NewAsync(fixture.Server), await World.NewAsync(fixture.Server));
        var before = await SurveyAsync(other);
        await FillAsync(owner);
        Assert.Equal(before, await SurveyAsync(other));
        Assert.DoesNotContain("stash:a", await SurveyAsync(other), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_WithTheNameOfAnother_LeavesTheOthersAlone()
    {
        var (owner, other) = (await World.NewAsync(fixture.Server), await World.NewAsync(fixture.Server));
        await owner.Agent.AskAsync("PUT /stash/a\n\nowner's");
        await other.Agent.AskAsync("PUT /stash/a\n\nother's");
        await other.Agent.AskAsync("DELETE /stash/a");
        Assert.Equal("owner's", await owner.Agent.GetStringAsync("/stash/a", Cancellation));
        using var source = await other.Agent.SendAsync("PUT /stash/b\nBaton-Sources: stash:a\n\nx");
        await Problems.CheckAsync(source, "lineage.unknown_source");
    }

    [Fact]
    public async Task Wait_ForANameOfAnother_IsNotEndedByIt()
    {
        var (owner, other) = (await World.NewAsync(fixture.Server), await World.NewAsync(fixture.Server));
        var waiting = other.Agent.SendAsync("GET /stash/a?wait=60");
        var events = other.Agent.SendAsync($"GET /events?wait=60&resource=stash:*&after={other.Head}");
        await owner.Agent.AskAsync("PUT /stash/a\n\nowner's");
        await other.Agent.AskAsync("PUT /stash/a\n\nother's");
        using var answer = await waiting;
        Assert.Equal("other's", await answer.Content.ReadAsStringAsync(Cancellation));
        using var page = await events;
        var item = Assert.Single((await World.JsonOf(page)).GetProperty("items").EnumerateArray());
        Assert.Equal(other.WorkspaceId, item.GetProperty("workspace_id").GetString());
    }

    static async Task FillAsync(World owner)
    {
        await owner.Agent.AskAsync("PUT /stash/a\n\na");
        await owner.Agent.AskAsync("PUT /stash/b\nBaton-Sources: stash:a\n\na");
        await owner.Agent.AskAsync("PATCH /stash/a/append\n\na");
        await owner.Agent.AskAsync("POST /stream\n\n{\"name\":\"log\",\"ttl\":60}");
        await owner.Agent.AskAsync("POST /stream/log\n\n{\"data\":1}");
        await owner.Agent.AskAsync("PUT /stream/log/cursors/me\n\n{\"entry_id\":1}");
        await owner.Agent.AskAsync("POST /schema\n\n{\"name\":\"form\",\"definition\":true}");
        await owner.Agent.AskAsync("PUT /stash/c?discoverable=true\n\nc");
        foreach (var root in new[] { "/store/n", "/state/planner" })
            await owner.Agent.AskAsync($"POST {root}\n\n{{\"set\":{{\"a\":\"a\",\"b\":1}}}}");
    }

    static async Task<string> SurveyAsync(World world)
    {
        var survey = new List<string>();
        string[] lists =
        [
            "/stashes", "/streams", "/store", "/store/n", "/state/planner", "/search/store?q=a", "/events", "/schemas",
            "/discover", "/ledger/head", "/ledger/verify", "/keys",
        ];
        foreach (var target in lists)
            survey.Add(await AskAsync(world, "GET " + target, "key_x"));
        return string.Join('\n', survey);
    }

    static async Task<string> AskAsync(World world, string sample, string keyId, string? header = null)
    {
        var text = world.Fill(sample.Replace("{planner_id}", keyId, StringComparison.Ordinal));
        using var request = Requests.Parse(text);
        if (header is not null) request.Headers.TryAddWithoutValidation(header.Split(": ")[0], header.Split(": ")[1]);
        using var answer = await world["admin"].SendAsync(request, Cancellation);
        var headers = answer.Headers.Concat(answer.Content.Headers)
            .Where(pair => pair.Key != "Date").Select(pair => $"{pair.Key}: {string.Join(',', pair.Value)}");
        var body = await answer.Content.ReadAsStringAsync(Cancellation);
        return $"{(int)answer.StatusCode}\n{string.Join('\n', headers)}\n\n{TraceId().Replace(body, "\"trace_id\":\"\"")}";
    }

    /// <summary>Without what is the bystander's own, or random: ids, secrets, times and the ledger's hashes.</summary>
    static string Neutral(string answer, World world, string keyId)
    {
        var text = answer.Replace(keyId, "KEY", StringComparison.Ordinal);
        foreach (var own in new[] { "workspace", "admin_id", "agent_id", "reader_id", "planner_id" })
            text = text.Replace(world.Value(own), own, StringComparison.Ordinal);
        text = text.Replace($"\"{world.Value("name")}\"", "NAME", StringComparison.Ordinal);
        text = Random().Replace(text, "RANDOM");
        return Sizes().Replace(text, "Content-Length: N");
    }

    [GeneratedRegex("\"trace_id\":\"[0-9a-f]{32}\"")]
    private static partial Regex TraceId();

    [GeneratedRegex(
        "\"salt\":\"[0-9a-f]{32}\"|[0-9a-f]{64}|(btn|tkt|key|str|sch)_[0-9a-z]{20,}|20\\d\\d-\\d\\d-\\d\\dT[0-9:.]+Z")]
    private static partial Regex Random();

    [GeneratedRegex("Content-Length: \\d+")]
    private static partial Regex Sizes();
}
