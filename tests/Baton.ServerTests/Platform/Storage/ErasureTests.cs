using System.Text;
using Baton.Server.Platform.Storage.Sqlite;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Storage;

/// <summary>
/// What was erased is in no file any more, once the log was copied into the database: not in pages that nothing uses,
/// and not in what is free of a page.
/// </summary>
public sealed class ErasureTests : IDisposable
{
    const string Marker = "the-word-that-must-be-gone";

    readonly string _directory = Directory.CreateTempSubdirectory("baton-test-").FullName;

    public ErasureTests() => Backend.SkipUnlessEmbedded("PostgreSQL keeps what is deleted until its own vacuuming.");

    [Theory]
    [InlineData("PUT /stash/short", "DELETE /stash/short", 1)]
    [InlineData("PUT /stash/long", "DELETE /stash/long", 5_000)]
    [InlineData("PUT /store/n/short", "DELETE /store/n/short", 1)]
    [InlineData("PUT /store/n/long", "DELETE /store/n/long", 5_000)]
    public async Task Content_Deleted_IsInNoFileOfARunningServerAfterACheckpoint(string put, string delete, int times)
    {
        await using var server = await TestServer.StartAsync(directory: _directory);
        await WriteAsync(server, put, times);
        // Others beside it: the page stays in use.
        await server.Admin.AskAsync("PUT /stash/other\n\nother");
        await server.Admin.AskAsync("PUT /store/n/other\nContent-Type: application/json\n\n{}");
        Checkpoint();
        Assert.Contains("baton.db", FilesWithTheMarker());
        await server.Admin.AskAsync(delete);
        Checkpoint();
        Assert.Empty(FilesWithTheMarker());
    }

    [Theory]
    [InlineData("PUT /stash/a", "DELETE /stash/a")]
    [InlineData("PUT /store/n/a", "DELETE /store/n/a")]
    [InlineData("PUT /store/n/a", "PUT /store/n/a\nContent-Type: application/json\n\n{}")]
    public async Task Content_DeletedOrReplaced_IsInNoFileOfAStoppedServer(string put, string change)
    {
        await using (var server = await TestServer.StartAsync(directory: _directory))
        {
            await WriteAsync(server, put, times: 100);
            await server.Admin.AskAsync("PUT /stash/other\n\nother");
        }

        Assert.Equal(["baton.db"], FilesWithTheMarker());
        await using (var server = await TestServer.StartAsync(directory: _directory)) await server.Admin.AskAsync(change);
        Assert.Empty(FilesWithTheMarker());
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    static async Task WriteAsync(TestServer server, string put, int times)
    {
        var text = string.Concat(Enumerable.Repeat(Marker, times));
        await server.Admin.AskAsync($"{put}\nContent-Type: application/json\n\n\"{text}\"");
    }

    /// <summary>Copies the whole log into the database, as the server does by itself from time to time, and empties it.</summary>
    void Checkpoint()
    {
        using var connection = SqliteConnections.OpenWriter(SqliteFiles.PathIn(_directory));
        SqliteConnections.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.Equal(0, new FileInfo(SqliteFiles.PathIn(_directory) + "-wal").Length);
    }

    List<string> FilesWithTheMarker() =>
    [
        .. Directory.GetFiles(_directory)
            .Where(file => Path.GetFileName(file) != "lock" && Read(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Marker)) >= 0)
            .Select(file => Path.GetFileName(file)).Order(),
    ];

    /// <summary>The server has some of them open.</summary>
    static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray();
    }
}
