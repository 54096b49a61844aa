using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Baton.Server.Platform.Storage.Sqlite;
using Baton.ServerTests.Harness;
using Baton.ServerTests.Soak.Clients;
using Baton.ServerTests.Soak.Machines;

namespace Baton.ServerTests.Soak;

/// <summary>The server does not start where it would do harm, says why, and touches nothing.</summary>
[Collection(SoakCollection.Name)]
public sealed class RefusalSoakTests
{
    const int PageSize = 4096;

    [Fact]
    public async Task SecondServer_OnTheSameDirectory_IsRefusedAndTheFirstGoesOn()
    {
        Backend.SkipUnlessEmbedded("any number of servers may share PostgreSQL.");
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        await using var first = await ServerProcess.StartAsync(data.Path);
        using var client = new SoakClient();
        await client.PutAsync(first.Url, "before", "1"u8.ToArray());
        foreach (var verb in new[] { "serve", "check" })
        {
            var (code, output) = await ServerProcess.RunAsync(data.Path, environment: null, verb);
            Assert.Equal(3, code);
            Assert.Contains("Another Baton process uses the data directory", output, StringComparison.Ordinal);
        }

        Assert.Equal(201, (await client.PutAsync(first.Url, "after", "2"u8.ToArray())).Status);
        Assert.Equal("1"u8.ToArray(), (await client.GetAsync(first.Url, "/stash/before")).Body);
        await client.VerifyAsync(first.Url);
        report.Passed();
    }

    [Theory]
    [InlineData("magic flipped", "its header is wrong")]
    [InlineData("of another application", "is not a database of Baton")]
    [InlineData("newer schema", "was written by a newer Baton")]
    [InlineData("no schema version", "its schema has no version")]
    [InlineData("zero length", "shorter than a database header")]
    [InlineData("truncated inside the header", "shorter than a database header")]
    [InlineData("truncated to one page", "damaged")]
    [InlineData("truncated to half", "damaged")]
    [InlineData("garbage in the schema page", "damaged")]
    [InlineData("garbage in every page but the first", "damaged")]
    [InlineData("header fields flipped", "damaged")]
    [InlineData("garbage at workspace", "damaged")]
    [InlineData("garbage at ledger", "damaged")]
    [InlineData("garbage at sqlite_autoindex_key_secret_1", "damaged")]
    public async Task Start_OnADamagedDatabase_IsRefusedAndLeavesItAsItIs(string damage, string reason)
    {
        Backend.SkipUnlessEmbedded("it damages the file.");
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        await FillAsync(data.Path);
        var roots = ReadRootPages(data.Database);
        var bytes = Damage(await File.ReadAllBytesAsync(data.Database, TestContext.Current.CancellationToken), damage, roots);
        await File.WriteAllBytesAsync(data.Database, bytes, TestContext.Current.CancellationToken);
        var before = SHA256.HashData(bytes);
        foreach (var verb in new[] { "serve", "check" })
        {
            var (code, output) = await ServerProcess.RunAsync(data.Path, environment: null, verb);
            Assert.True(code == 4, $"{verb} ended with {code}: {output}");
            Assert.Contains(reason, output, StringComparison.Ordinal);
            Assert.DoesNotContain("   at Baton.", output, StringComparison.Ordinal);
            Assert.Equal(before, SHA256.HashData(await File.ReadAllBytesAsync(data.Database, TestContext.Current.CancellationToken)));
        }

        report.Passed();
    }

    /// <summary>What a start does not read is found when it is needed: then the server ends, and not as if all were well.</summary>
    [Fact]
    public async Task Serve_WithADamagedDueQueue_EndsAndSaysSo()
    {
        Backend.SkipUnlessEmbedded("it damages the file.");
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        await FillAsync(data.Path);
        var roots = ReadRootPages(data.Database);
        var bytes = await File.ReadAllBytesAsync(data.Database, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(
            data.Database, Damage(bytes, "garbage at due_by_time", roots), TestContext.Current.CancellationToken);
        var (code, output) = await ServerProcess.RunAsync(data.Path);
        Assert.True(code == 5, $"serve ended with {code}: {output}");
        Assert.Contains("A background task failed", output, StringComparison.Ordinal);
        report.Passed();
    }

    [Theory]
    [InlineData("in the ledger", "stash:deep-target")]
    [InlineData("in content", "deep content")]
    public async Task Check_WithDamageDeepInside_FindsIt(string place, string text)
    {
        Backend.SkipUnlessEmbedded("it damages the file.");
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        await FillAsync(data.Path);
        var bytes = await File.ReadAllBytesAsync(data.Database, TestContext.Current.CancellationToken);
        var at = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text));
        Assert.True(at > 0, $"\"{text}\" is not {place}.");
        bytes[at + text.Length - 1] ^= 1;
        await File.WriteAllBytesAsync(data.Database, bytes, TestContext.Current.CancellationToken);
        var (code, output) = await ServerProcess.RunAsync(data.Path, environment: null, "check");
        Assert.True(code == 4, $"check ended with {code}: {output}");
        Assert.Contains("the database is damaged", output, StringComparison.Ordinal);
        report.Passed();
    }

    [Fact]
    public async Task Start_WithAnUnknownSetting_IsRefusedAndNamesTheNearest()
    {
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        var (code, output) = await ServerProcess.RunAsync(
            data.Path, new Dictionary<string, string> { ["BATON_STASH_BITES"] = "1" });
        Assert.Equal(2, code);
        Assert.Contains("BATON_STASH_BITES is not a setting of Baton; did you mean BATON_STASH_BYTES?", output, StringComparison.Ordinal);
        Assert.False(File.Exists(data.Database));
        report.Passed();
    }

    /// <summary>Makes a database of some hundred pages, and closes it in order.</summary>
    static async Task FillAsync(string directory)
    {
        await using var server = await ServerProcess.StartAsync(directory);
        using var client = new SoakClient();
        await client.PutAsync(server.Url, "deep-target", "deep content"u8.ToArray());
        var body = new byte[2000];
        await Task.WhenAll(Enumerable.Range(0, 400).Select(number => client.PutAsync(server.Url, $"stash-{number}", body)));
        Assert.Equal(0, await server.StopAsync());
    }

    /// <summary>Where each table and index begins in the file.</summary>
    static Dictionary<string, int> ReadRootPages(string path)
    {
        using var connection = SqliteConnections.OpenToInspect(path);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0";
        using var reader = command.ExecuteReader();
        var roots = new Dictionary<string, int>();
        while (reader.Read()) roots.Add(reader.GetString(0), reader.GetInt32(1));
        return roots;
    }

    static byte[] Damage(byte[] file, string damage, Dictionary<string, int> roots)
    {
        const string Place = "garbage at ";
        if (damage.StartsWith(Place, StringComparison.Ordinal))
        {
            new Random(1).NextBytes(file.AsSpan((roots[damage[Place.Length..]] - 1) * PageSize, PageSize));
            return file;
        }

        switch (damage)
        {
            case "magic flipped": file[3] ^= 0xFF; return file;
            case "of another application": file[68] ^= 0xFF; return file;
            case "newer schema": BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(60), 9999); return file;
            case "no schema version": BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(60), 0); return file;
            case "zero length": return [];
            case "truncated inside the header": return file[..50];
            case "truncated to one page": return file[..PageSize];
            case "truncated to half": return file[..(file.Length / 2)];
            case "garbage in the schema page": new Random(1).NextBytes(file.AsSpan(100, PageSize - 100)); return file;
            case "garbage in every page but the first": new Random(1).NextBytes(file.AsSpan(PageSize)); return file;
            // Page size and format versions.
            case "header fields flipped": new Random(1).NextBytes(file.AsSpan(16, 8)); return file;
            default: throw new ArgumentException(damage);
        }
    }
}
