using System.Globalization;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Sqlite;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Storage.Copying;

/// <summary>What `copy` refuses, with which exit code, and that nothing is touched then.</summary>
public sealed class CopyRefusalTests : IDisposable
{
    const int BadSetting = 2;
    const int DirectoryLocked = 3;
    const int DatabaseRefused = 4;

    readonly CopyPlaces _places = new();

    [Theory]
    [InlineData("copy takes --from and --to")]
    [InlineData("copy takes --from and --to", "--from", "a")]
    [InlineData("copy takes --from and --to", "--from", "a", "--too", "b")]
    [InlineData("name the same database", "--from", "a", "--to", "./a")]
    [InlineData("mysql is neither a directory nor postgres://", "--from", "a", "--to", "mysql://me:secret@host/db")]
    [InlineData("must be postgres://", "--from", "a", "--to", "postgres://me:secret@host")]
    public async Task Arguments_ThatMakeNoSense_AreRefused(string reason, params string[] arguments)
    {
        var (code, output) = await ServerProcess.RunAsync(
            _places.DirectoryOf("."), new Dictionary<string, string> { ["BATON_DATABASE"] = "" }, ["copy", .. arguments]);
        Assert.Equal(BadSetting, code);
        Assert.Contains(reason, output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("b")]
    [InlineData("pg:b")]
    public async Task Target_ThatAServerWasStartedOn_IsRefused(string target)
    {
        SkipIfPostgresIsMissing(target);
        await FillAsync("a");
        await FillAsync(target);
        await RefusedAsync("a", target, DatabaseRefused, "is not empty");
        await StartsAsync(target);
    }

    [Fact]
    public async Task Source_WithoutADatabase_IsRefusedAndNotMade()
    {
        await RefusedAsync("nowhere", "b", DatabaseRefused, "There is no database in the directory");
        Assert.False(Directory.Exists(_places.DirectoryOf("nowhere")));
        Assert.False(Directory.Exists(_places.DirectoryOf("b")));
        if (Backend.IsPostgres) await RefusedAsync("pg:nothing", "b", DatabaseRefused, "There is nothing of Baton in");
    }

    [Fact]
    public async Task Directory_OfARunningServer_IsRefusedOnBothSides()
    {
        await FillAsync("a");
        await using var server = await StartAsync("b");
        await RefusedAsync("b", "c", DirectoryLocked, "Another Baton process uses the data directory");
        await RefusedAsync("a", "b", DirectoryLocked, "Another Baton process uses the data directory");
    }

    [Fact]
    public async Task Database_OfARunningServer_IsRefusedOnBothSides()
    {
        Backend.SkipUnlessPostgres();
        await FillAsync("a");
        await using (await StartAsync("pg:b"))
        {
            await RefusedAsync("pg:b", "c", DatabaseRefused, "is in use by a Baton server");
            await RefusedAsync("a", "pg:b", DatabaseRefused, "is in use by a Baton server");
        }

        await _places.CopyAsync("pg:b", "c");
    }

    [Theory]
    [InlineData("a", "b", 999, "newer Baton")]
    [InlineData("a", "b", -1, "older Baton")]
    [InlineData("pg:a", "b", 999, "newer Baton")]
    [InlineData("pg:a", "b", -1, "older Baton")]
    public async Task Schema_OfAnotherVersion_IsRefusedOnBothSides(string place, string other, int version, string reason)
    {
        SkipIfPostgresIsMissing(place);
        Assert.SkipWhen(version < 0 && Migrations.Newest == 1, "There is no older schema yet.");
        await _places.MigrateAsync(place);
        SetVersion(place, version < 0 ? Migrations.Newest - 1 : version);
        await FillAsync("full");
        await RefusedAsync(place, other, DatabaseRefused, reason);
        await RefusedAsync("full", place, DatabaseRefused, reason);
    }

    [Fact]
    public async Task Source_WithADamagedLedger_IsRefusedAndTheTargetNotShown()
    {
        await FillAsync("a");
        using (var connection = SqliteConnections.OpenWriter(_places.FileOf("a")))
            SqliteConnections.Execute(connection, "UPDATE ledger SET hash = zeroblob(32) WHERE seq = 1");
        await RefusedAsync("a", "b", DatabaseRefused, "ledger of workspace default is damaged at seq 1");
        Assert.False(File.Exists(_places.FileOf("b")));
    }

    public void Dispose() => _places.Dispose();

    static void SkipIfPostgresIsMissing(string place)
    {
        if (CopyPlaces.IsPostgres(place)) Backend.SkipUnlessPostgres();
    }

    async Task RefusedAsync(string from, string to, int exitCode, string reason)
    {
        var (code, output) = await _places.TryCopyAsync(from, to);
        Assert.True(code == exitCode, $"copy ended with {code}: {output}");
        Assert.Contains(reason, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at Baton.", output, StringComparison.Ordinal);
    }

    async Task FillAsync(string place)
    {
        await using var server = await StartAsync(place);
        await server.Admin.AskAsync("PUT /stash/a\n\nx");
    }

    async Task StartsAsync(string place)
    {
        await using var server = await StartAsync(place);
        Assert.Equal("x", await server.Admin.GetStringAsync("/stash/a", TestContext.Current.CancellationToken));
    }

    Task<TestServer> StartAsync(string place) => TestServer.StartAsync(
        options => options with { Database = CopyPlaces.IsPostgres(place) ? _places.Of(place) : null },
        directory: _places.DirectoryOf(place));

    void SetVersion(string place, int version)
    {
        if (CopyPlaces.IsPostgres(place))
        {
            using var connection = Backend.OpenDatabaseOf(_places.DirectoryOf(place));
            using var command = connection.CreateCommand();
            command.CommandText = string.Create(
                CultureInfo.InvariantCulture, $"DELETE FROM baton_schema; INSERT INTO baton_schema VALUES ({version})");
            command.ExecuteNonQuery();
        }
        else
        {
            using var connection = SqliteConnections.OpenWriter(_places.FileOf(place));
            SqliteConnections.Execute(connection, $"PRAGMA user_version = {version}");
            SqliteConnections.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }
}
