using System.Diagnostics;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Soak.Machines;

/// <summary>A PostgreSQL of one test's own, which it may restart, kill and replace by a standby.</summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(120);

    readonly string _directory;

    PostgresCluster(string directory, string url) => (_directory, Url) = (directory, url);

    /// <summary>Its address without a database, which a superuser may use.</summary>
    public string Url { get; }

    public int Port => new Uri(Url).Port;

    public static async Task<PostgresCluster> StartAsync(params string[] settings)
    {
        var directory = NewDirectory();
        return new PostgresCluster(directory, await RunAsync(["start", directory, .. settings]));
    }

    /// <summary>A copy that follows this one, under the name `standby`.</summary>
    public async Task<PostgresCluster> StartStandbyAsync()
    {
        var directory = NewDirectory();
        return new PostgresCluster(directory, await RunAsync("standby", _directory, directory));
    }

    /// <summary>Makes a database; its address.</summary>
    public Task<string> CreateDatabaseAsync(string name) => RunAsync("database", _directory, name);

    /// <summary>Returns when it is back. `fast` ends its sessions in order, `immediate` is a crash.</summary>
    public Task RestartAsync(string mode) => RunAsync("restart", _directory, mode);

    /// <summary>kill -9 of its first process.</summary>
    public Task KillAsync() => RunAsync("kill", _directory);

    /// <summary>After a kill.</summary>
    public Task UpAsync() => RunAsync("up", _directory);

    /// <summary>A standby becomes the primary.</summary>
    public Task PromoteAsync() => RunAsync("promote", _directory);

    public async ValueTask DisposeAsync() => await RunAsync("stop", _directory);

    static string NewDirectory() =>
        Path.Combine(Path.GetTempPath(), "baton-postgres-" + Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal));

    static async Task<string> RunAsync(params string[] arguments)
    {
        using var script = Process.Start(new ProcessStartInfo(Repository.PathOf("script/postgres"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        // PostgreSQL itself does not keep these open: it writes to a log of its own.
        var output = script.StandardOutput.ReadToEndAsync();
        var errors = script.StandardError.ReadToEndAsync();
        await script.WaitForExitAsync().WaitAsync(s_deadline);
        Assert.True(script.ExitCode == 0, $"script/postgres {string.Join(' ', arguments)}: {await errors}");
        return (await output).Trim();
    }
}
