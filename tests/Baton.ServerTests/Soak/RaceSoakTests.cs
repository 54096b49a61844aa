using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Baton.ServerTests.Harness;
using Baton.ServerTests.Soak.Clients;
using Baton.ServerTests.Soak.Machines;

namespace Baton.ServerTests.Soak;

/// <summary>Many at once on one thing: nothing is lost, and nothing is done twice.</summary>
[Collection(SoakCollection.Name)]
public sealed class RaceSoakTests
{
    const int Writers = 64;
    const int MaxAttempts = 100_000;

    [Fact]
    public async Task Put_ByManyWithTheSameIfMatch_HasOneWinnerPerVersion()
    {
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path);
        using var client = new SoakClient();
        var version = (await client.PutAsync(server.Url, "contended", "start"u8.ToArray())).Version;
        var rounds = SoakSize.Of(small: 20, full: 500);
        for (var round = 0; round < rounds; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => client.PutAsync(
                server.Url, "contended", Text($"{round}:{writer}"), ("If-Match", $"\"{version}\""))));
            var winner = Assert.Single(Enumerable.Range(0, Writers), writer => answers[writer].Status == 200);
            Assert.All(answers.Where(answer => answer.Status != 200), answer => Assert.Equal("version.mismatch", answer.Code));
            Assert.Equal(version + 1, answers[winner].Version);
            version = answers[winner].Version;
            var present = await client.GetAsync(server.Url, "/stash/contended");
            Assert.Equal($"{round}:{winner}", Encoding.UTF8.GetString(present.Body));
            Assert.Equal(version, present.Version);
        }

        report.Figure("rounds", rounds);
        report.Figure("conditional writes", rounds * Writers);
        report.Passed();
    }

    [Fact]
    public async Task Counter_ReadAndWrittenBackByMany_LosesNoUpdate()
    {
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path);
        using var client = new SoakClient();
        await client.PutAsync(server.Url, "counter", "0"u8.ToArray());
        var each = SoakSize.Of(small: 5, full: 100);
        var attempts = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => IncrementAsync(client, server.Url, each)));
        var last = await client.GetAsync(server.Url, "/stash/counter");
        Assert.Equal(Text(Writers * each), last.Body);
        Assert.Equal(1 + (Writers * each), last.Version);
        await client.VerifyAsync(server.Url);
        report.Figure("increments", Writers * each);
        report.Figure("attempts", attempts.Sum());
        report.Passed();
    }

    [Theory]
    [InlineData("small", 0)]
    [InlineData("over 64 KiB", 100 * 1024)]
    public async Task Append_ByMany_KeepsEveryLineOnce(string size, int startBytes)
    {
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path);
        using var client = new SoakClient();
        var start = new string('.', startBytes) + "\n";
        await client.PutAsync(server.Url, "log", Encoding.UTF8.GetBytes(start));
        var each = SoakSize.Of(small: 10, full: 100);
        var refusals = await Task.WhenAll(Enumerable.Range(0, Writers).Select(
            writer => AppendLinesAsync(client, server.Url, writer, each)));
        var text = Encoding.UTF8.GetString((await client.GetAsync(server.Url, "/stash/log")).Body);
        Assert.StartsWith(start, text, StringComparison.Ordinal);
        var wanted = Enumerable.Range(0, Writers).SelectMany(writer => Enumerable.Range(0, each).Select(n => $"{writer}:{n}"));
        Assert.Equal(wanted.Order(), text[start.Length..].Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
        await client.VerifyAsync(server.Url);
        report.Figure("stash", size);
        report.Figure("appends", Writers * each);
        report.Figure("refused as contended and sent again", refusals.Sum());
        report.Passed();
    }

    [Fact]
    public async Task Create_ByManyIfAbsent_IsDoneOnce()
    {
        const int Creators = 200;
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path);
        using var client = new SoakClient();
        var names = SoakSize.Of(small: 10, full: 200);
        for (var number = 0; number < names; number++)
        {
            var name = $"claimed-{number}";
            var answers = await Task.WhenAll(Enumerable.Range(0, Creators).Select(creator => client.PutAsync(
                server.Url, name, Text(creator), ("If-None-Match", "*"))));
            var winner = Assert.Single(Enumerable.Range(0, Creators), creator => answers[creator].Status == 201);
            Assert.Equal(Creators - 1, answers.Count(answer => answer.Status == 412));
            var present = await client.GetAsync(server.Url, "/stash/" + name);
            Assert.Equal(Text(winner), present.Body);
            Assert.Equal(1, present.Version);
        }

        report.Figure("names", names);
        report.Figure("creates", names * Creators);
        report.Passed();
    }

    [Theory]
    [InlineData("small", 100, 10)]
    [InlineData("larger than what is cached", 40_000, 10)]
    [InlineData("larger than what is cached, one version kept", 40_000, 1)]
    public async Task Read_WhileManyWrite_FindsAVersionWithItsContent(string content, int size, int keptVersions)
    {
        const int Readers = 8;
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path, port: 0, new Dictionary<string, string>
        {
            ["BATON_STASH_VERSIONS"] = keptVersions.ToString(CultureInfo.InvariantCulture),
        });
        using var client = new SoakClient();
        var written = new ConcurrentDictionary<long, byte[]>();
        written[1] = Text("start".PadRight(size));
        Assert.Equal(1, (await client.PutAsync(server.Url, "read", written[1])).Version);
        var each = SoakSize.Of(small: 30, full: 1000);
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var number = 0; number < each; number++)
            {
                var body = Text($"{writer}:{number}".PadRight(size));
                written[(await client.PutAsync(server.Url, "read", body)).Version] = body;
            }
        })));
        var reads = await Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => Task.Run(
            () => ReadUntilAsync(client, server.Url, writing))));
        await writing;
        foreach (var (version, body) in reads.SelectMany(seen => seen)) Assert.Equal(written[version], body);
        report.Figure("content", content);
        report.Figure("writes", Writers * each);
        report.Figure("reads", reads.Sum(seen => seen.Count));
        report.Passed();
    }

    /// <summary>What was read, version by version, until the writing is done.</summary>
    static async Task<List<(long Version, byte[] Body)>> ReadUntilAsync(SoakClient client, string url, Task writing)
    {
        var seen = new List<(long, byte[])>();
        while (!writing.IsCompleted)
        {
            var found = await client.GetAsync(url, "/stash/read");
            Assert.True(found.Status == 200, $"It is there all the time, but a read answered {found}");
            seen.Add((found.Version, found.Body));
        }

        return seen;
    }

    /// <summary>Adds 1 so many times by compare-and-set; answers how many attempts that took.</summary>
    static async Task<int> IncrementAsync(SoakClient client, string url, int times)
    {
        var done = 0;
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var present = await client.GetAsync(url, "/stash/counter");
            var next = 1 + int.Parse(Encoding.UTF8.GetString(present.Body), CultureInfo.InvariantCulture);
            var put = await client.PutAsync(url, "counter", Text(next), ("If-Match", $"\"{present.Version}\""));
            if (put.Status == 200) done++;
            else Assert.Equal("version.mismatch", put.Code);
            if (done == times) return attempt;
        }

        throw new InvalidOperationException($"{done} of {times} increments were done in {MaxAttempts} attempts.");
    }

    /// <summary>Appends a writer's lines; answers how often it was told that others were faster.</summary>
    static async Task<int> AppendLinesAsync(SoakClient client, string url, int writer, int lines)
    {
        var refusals = 0;
        for (var line = 0; line < lines;)
        {
            var answer = await client.AppendAsync(url, "log", Text($"{writer}:{line}\n"));
            if (answer.Status == 200) line++;
            else
            {
                Assert.Equal("stash.contended", answer.Code);
                Assert.True(++refusals < MaxAttempts);
            }
        }

        return refusals;
    }

    static byte[] Text(object value) => Encoding.UTF8.GetBytes(Convert.ToString(value, CultureInfo.InvariantCulture)!);
}
