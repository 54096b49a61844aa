using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Keys;

/// <summary>The first key, over several starts of one database.</summary>
public sealed class AdminKeyTests : IDisposable
{
    const string Second = "btn_second_0123456789abcdef0123456789";

    readonly string _directory = Directory.CreateTempSubdirectory("baton-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task AdminKey_Changed_ReplacesTheOldOneAtTheNextStart()
    {
        await using (var server = await TestServer.StartAsync(directory: _directory)) await server.Admin.AskAsync("PUT /stash/a\n\nx");
        await using (var server = await TestServer.StartAsync(options => options with { AdminKey = Second }, directory: _directory))
        {
            using var old = await server.Admin.SendAsync("GET /stash/a");
            await Problems.CheckAsync(old, "auth.required");
            using var next = server.NewClient(Second);
            var events = await next.AskAsync("GET /events?action=key.rotate");
            Assert.Equal("system", Assert.Single(events.GetProperty("items").EnumerateArray()).GetProperty("key_id").GetString());
        }

        // Without the setting the key stays, and nothing is written.
        await using (var server = await TestServer.StartAsync(options => options with { AdminKey = null }, directory: _directory))
        {
            using var next = server.NewClient(Second);
            Assert.Equal(4, (await next.AskAsync("GET /ledger/head")).GetProperty("seq").GetInt64());
        }
    }

    [Fact]
    public async Task AdminKey_NotGiven_IsMadeAndWrittenForItsOwnerOnly()
    {
        await using var server = await TestServer.StartAsync(options => options with { AdminKey = null }, directory: _directory);
        var file = Path.Combine(_directory, "admin-key");
        var secret = (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Trim();
        Assert.Matches("^btn_[0-9a-z]{32}$", secret);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        using var client = server.NewClient(secret);
        var keys = await client.AskAsync("GET /keys");
        Assert.Equal("server", Assert.Single(keys.GetProperty("items").EnumerateArray()).GetProperty("role").GetString());
    }
}
