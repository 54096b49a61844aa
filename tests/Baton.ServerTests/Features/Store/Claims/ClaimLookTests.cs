using System.Text.Json;
using Baton.Contracts.Errors;
using Baton.Contracts.Store;
using Baton.Server.Features.Store.Claims;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Identity;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Store.Claims;

/// <summary>What a claim looks at in vain: how much, what it weighs, and how it ends.</summary>
public sealed class ClaimLookTests : IDisposable
{
    const string Claim = "POST /store/jobs/claim\n\n" + """{"set":{"/status":"mine"},"lease_seconds":60}""";

    readonly string _directory = Directory.CreateTempSubdirectory("baton-test-").FullName;
    readonly TestTime _time = new();

    public void Dispose()
    {
        Directory.Delete(_directory, recursive: true);
        Backend.Drop(_directory);
    }

    [Fact]
    public async Task Records_ThatDoNotTakeSetAndAreLarge_FailTheClaimWithTheOldest()
    {
        await using (var server = await StartAsync()) await PutAsync(server, unfit: 12);
        MakeLarge();
        await using (var server = await StartAsync())
        {
            using var refused = await server.Admin.SendAsync(Claim);
            await Problems.CheckAsync(refused, ErrorCodes.StoreTypeMismatch.Code);
            var text = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Contains("store:jobs/bad-00 cannot be claimed so", text, StringComparison.Ordinal);
            Assert.Contains("9 more", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Records_ThatDoNotTakeSetAndAreLarge_ArePassedByWhileTheyAreFew()
    {
        await using (var server = await StartAsync()) await PutAsync(server, unfit: 9);
        MakeLarge();
        await using (var server = await StartAsync())
        {
            var claimed = await server.Admin.AskAsync(Claim);
            Assert.Equal("good", Assert.Single(claimed.GetProperty("items").EnumerateArray()).GetProperty("key").GetString());
            Assert.Equal(9, claimed.GetProperty("skipped").GetArrayLength());
        }
    }

    [Fact]
    public async Task Look_AfterOthersInVain_WeighsAllThatItMayRead()
    {
        await using var server = await StartAsync();
        await PutAsync(server, unfit: 60);
        // The shape by which it claims is built.
        await server.Admin.AskAsync(Claim);
        await server.Admin.AskAsync("PUT /store/jobs/last\nContent-Type: application/json\n\n{}");
        var set = new Dictionary<string, JsonElement> { ["/status"] = JsonElement.Parse("\"mine\"") };
        var wish = ClaimWish.Of("jobs", new ClaimRequest { LeaseSeconds = 60, Set = set }, new InputErrors());
        var workspaces = await server.Admin.AskAsync("GET /workspaces");
        var workspaceId = workspaces.GetProperty("items")[0].GetProperty("workspace_id").GetString()!;
        var claim = new ClaimRecords(server.Features.Store, wish) { Actor = Actor.System(workspaceId) };
        Assert.Equal(1 + 4, claim.Weight.Rows);
        var outcome = await server.Parts.Runner.RunAsync(claim, traceId: null, idempotencyKey: null, TestContext.Current.CancellationToken);
        Assert.Null(outcome.Failure);
        // The first look reads 5, the second 33, and the third the rest.
        Assert.Equal(1 + 256, claim.Weight.Rows);
    }

    Task<TestServer> StartAsync() => TestServer.StartAsync(time: _time, directory: _directory);

    static Task<JsonElement> PutAsync(TestServer server, int unfit)
    {
        var bad = string.Join(',', Enumerable.Range(0, unfit).Select(number => $"\"bad-{number:d2}\":1"));
        return server.Admin.AskAsync($"POST /store/jobs\n\n{{\"set\":{{{bad},\"good\":{{}}}}}}");
    }

    /// <summary>Each record that is not fit fills a look, by what its row says of it.</summary>
    void MakeLarge()
    {
        using var connection = Backend.OpenDatabaseOf(_directory);
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE store_record SET size = 33554432 WHERE namespace = 'jobs' AND key <> 'good'";
        Assert.True(command.ExecuteNonQuery() > 0);
    }
}
