using System.Text.Json;
using Baton.Contracts.Errors;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Store;

/// <summary>What a claim looks at in vain: how much, and how it ends.</summary>
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
