using System.Text.RegularExpressions;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Storage.Copying;

/// <summary>The verb `copy`: everything arrives, and a server on the copy cannot be told from the one before.</summary>
public sealed partial class CopyTests : IDisposable
{
    readonly CopyPlaces _places = new();
    readonly TestTime _time = new();

    [Fact]
    public async Task Copy_OfTheEmbeddedStore_AnswersAsTheOriginal() => await CopyThroughAsync("a", "b");

    [Fact]
    public async Task Copy_ThroughPostgres_AnswersAsTheOriginal()
    {
        Backend.SkipUnlessPostgres();
        await CopyThroughAsync("a", "pg:1", "b");
    }

    [Fact]
    public async Task Copy_FromPostgresToPostgres_AnswersAsTheOriginal()
    {
        Backend.SkipUnlessPostgres();
        await CopyThroughAsync("pg:1", "pg:2");
    }

    [Fact]
    public async Task Copy_IntoAFreshlyMigratedDatabase_IsTaken()
    {
        await using (var server = await StartAsync("a")) await server.Admin.AskAsync("PUT /stash/a\n\nx");
        foreach (var target in Backend.IsPostgres ? ["b", "pg:1"] : new[] { "b" })
        {
            await _places.MigrateAsync(target);
            await _places.CopyAsync("a", target);
            await using var server = await StartAsync(target);
            Assert.Equal("x", await server.Admin.GetStringAsync("/stash/a", TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Copy_Done_TellsRowsDigestsAndHeads()
    {
        string hash;
        await using (var server = await StartAsync("a"))
            hash = (await server.Admin.AskAsync("GET /ledger/head")).GetProperty("hash").GetString()!;
        var output = await _places.CopyAsync("a", "b");
        Assert.Matches("(?m)^equal ledger: 2 rows, sha-256 [0-9a-f]{64}$", output);
        Assert.Contains($"ledger of default: 2 entries, intact, head {hash}", output, StringComparison.Ordinal);
        // Neither a bar nor anything else for a terminal alone.
        Assert.DoesNotContain('\r', output);
        Assert.DoesNotContain('[', output);
    }

    public void Dispose() => _places.Dispose();

    /// <summary>Fills the first place, copies it to the second and so on, and asks a server on each the same.</summary>
    async Task CopyThroughAsync(params string[] places)
    {
        FilledDatabase filled;
        await using (var server = await StartAsync(places[0])) filled = await FilledDatabase.FillAsync(server);
        var digests = new List<string>();
        foreach (var (from, to) in places.Zip(places.Skip(1)))
            digests.Add(string.Join('\n', Equal().Matches(await _places.CopyAsync(from, to))));
        Assert.Single(digests.Distinct());
        await using (var server = await StartAsync(places[0])) await filled.RememberAsync(server);
        foreach (var place in places.Skip(1))
        {
            await using (var server = await StartAsync(place)) await filled.CheckAsync(server);
            var (code, output) = await _places.RunAsync(place, "check");
            Assert.True(code == 0, output);
        }
    }

    Task<TestServer> StartAsync(string place) => TestServer.StartAsync(
        options => options with { Database = CopyPlaces.IsPostgres(place) ? _places.Of(place) : null },
        _time,
        _places.DirectoryOf(place));

    [GeneratedRegex("(?m)^equal .*$")]
    private static partial Regex Equal();
}
