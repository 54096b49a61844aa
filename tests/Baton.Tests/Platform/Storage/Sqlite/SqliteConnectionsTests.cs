using Baton.Server.Platform.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Baton.Tests.Platform.Storage.Sqlite;

/// <summary>What the promises rest on is set, whatever SQLite's defaults are.</summary>
public sealed class SqliteConnectionsTests : IDisposable
{
    readonly string _directory = Directory.CreateTempSubdirectory("baton-test-").FullName;

    [Fact]
    public void Library_OnceLoaded_IsTheOneOfThePackage()
    {
        SqliteLibrary.EnsureLoaded();
        Assert.Equal("3.53.4", raw.sqlite3_libversion().utf8_to_string());
    }

    [Fact]
    public void Connection_ThatWrites_ErasesContentAndKnowsNoForeignKeys()
    {
        var path = Path.Combine(_directory, "some.db");
        using (var created = SqliteConnections.Create(path)) AssertSettings(created);
        using (var writer = SqliteConnections.OpenWriter(path)) AssertSettings(writer);
        using (var filler = SqliteConnections.OpenToFill(path)) AssertSettings(filler);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    static void AssertSettings(SqliteConnection connection)
    {
        Assert.Equal(1, SqliteConnections.Scalar(connection, "PRAGMA secure_delete"));
        Assert.Equal(0, SqliteConnections.Scalar(connection, "PRAGMA foreign_keys"));
    }
}
