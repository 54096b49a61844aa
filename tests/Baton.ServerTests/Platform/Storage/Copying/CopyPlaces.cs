using Baton.Server.Platform.Storage.Postgres;
using Baton.Server.Platform.Storage.Sqlite;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Storage.Copying;

/// <summary>
/// Databases to copy between, by name: a data directory each, or, where the name begins with `pg:`, a database of
/// PostgreSQL. All of them go with this.
/// </summary>
internal sealed class CopyPlaces : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("baton-copy-").FullName;

    // Whatever was named may have a database of its own.
    readonly HashSet<string> _directories = [];

    public static bool IsPostgres(string place) => place.StartsWith("pg:", StringComparison.Ordinal);

    /// <summary>Beside a database of PostgreSQL it holds nothing.</summary>
    public string DirectoryOf(string place)
    {
        var directory = Path.Combine(_root, place.Replace(':', '-'));
        _directories.Add(directory);
        return directory;
    }

    public string FileOf(string place) => SqliteFiles.PathIn(DirectoryOf(place));

    /// <summary>What `--from` and `--to` take.</summary>
    public string Of(string place)
    {
        var directory = DirectoryOf(place);
        return IsPostgres(place) ? Backend.DatabaseOf(directory)! : directory;
    }

    /// <summary>Makes an empty database that no server was started on.</summary>
    public async Task MigrateAsync(string place)
    {
        if (IsPostgres(place))
            await (await PostgresDatabase.OpenAsync(Of(place), listens: false, TestContext.Current.CancellationToken)).DisposeAsync();
        else
            await SqliteDatabase.Open(Of(place)).DisposeAsync();
    }

    /// <summary>Copies, which must succeed; what it said.</summary>
    public async Task<string> CopyAsync(string from, string to)
    {
        var (code, output) = await TryCopyAsync(from, to);
        Assert.True(code == 0, $"copy ended with {code}: {output}");
        return output;
    }

    public Task<(int ExitCode, string Output)> TryCopyAsync(string from, string to) =>
        ServerProcess.RunAsync(_root, Nothing, "copy", "--from", Of(from), "--to", Of(to));

    /// <summary>Begins to copy; the process may be killed.</summary>
    public ServerProcess LaunchCopy(string from, string to, int heapMebibytes = 1024)
    {
        var environment = Nothing;
        environment["DOTNET_GCHeapHardLimit"] = $"0x{heapMebibytes * 1024L * 1024:X}";
        return ServerProcess.LaunchVerb(_root, environment, "copy", "--from", Of(from), "--to", Of(to));
    }

    /// <summary>Runs a verb on a database, until it ends.</summary>
    public Task<(int ExitCode, string Output)> RunAsync(string place, string verb) => ServerProcess.RunAsync(
        DirectoryOf(place), new Dictionary<string, string> { ["BATON_DATABASE"] = IsPostgres(place) ? Of(place) : "" }, verb);

    public void Dispose()
    {
        foreach (var directory in _directories) Backend.Drop(directory);
        Backend.Drop(_root);
        Directory.Delete(_root, recursive: true);
    }

    /// <summary>The verb takes its databases from its arguments alone.</summary>
    static Dictionary<string, string> Nothing => new() { ["BATON_DATABASE"] = "" };
}
