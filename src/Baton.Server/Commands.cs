using System.Data.Common;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Postgres;
using Baton.Server.Platform.Storage.Sqlite;
using Npgsql;

namespace Baton.Server;

/// <summary>The verbs of the executable, and its exit codes.</summary>
internal static class Commands
{
    public const int Done = 0;
    public const int BadSetting = 2;
    public const int DirectoryLocked = 3;
    public const int DatabaseRefused = 4;
    public const int StorageFailed = 5;

    /// <summary>As shells tell of a program that Ctrl-C ended.</summary>
    public const int Interrupted = 130;

    const string Usage = """
        Baton.Server [serve]   serves; settings are environment variables (docs/configuration.md)
        Baton.Server check     verifies the database in BATON_DATA or BATON_DATABASE: its structure, every ledger entry
        Baton.Server copy --from <database> --to <database>
                               copies everything into an empty database; each is a data directory or postgres://…
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var options = BatonOptions.FromEnvironment(Environment.GetEnvironmentVariables());
            return args switch
            {
                [] or ["serve"] => await ServeAsync(options),
                ["copy", .. var arguments] =>
                    await CopyDatabase.RunAsync(arguments, Console.Out, isTerminal: !Console.IsOutputRedirected),
                ["check"] => await CheckDatabase.RunAsync(options, Console.Out),
                ["--help" or "-h" or "help"] => await PrintUsageAsync(),
                _ => throw new BadSettingException($"{string.Join(' ', args)} is not a verb.\n{Usage}"),
            };
        }
        catch (BadSettingException refusal)
        {
            return await RefuseAsync(refusal.Message, BadSetting);
        }
        catch (DirectoryLockedException refusal)
        {
            return await RefuseAsync(refusal.Message, DirectoryLocked);
        }
        catch (DatabaseRefusedException refusal)
        {
            return await RefuseAsync(refusal.Message, DatabaseRefused);
        }
        catch (DbException damage) when (SqliteFiles.IsDamage(damage))
        {
            return await RefuseAsync(
                $"The database is damaged: {damage.Message} Restore a backup, or look with `Baton.Server check`.",
                DatabaseRefused);
        }
        catch (NpgsqlException failure)
        {
            return await RefuseAsync(PostgresFailures.Explain(failure, isCommitting: false).Message, StorageFailed);
        }
        catch (DbException failure)
        {
            return await RefuseAsync(
                $"The database cannot be read or written: {failure.Message} Is the disk full?", StorageFailed);
        }
        catch (Exception refusal) when (refusal is StartFailedException or StorageUnavailableException
            or IOException or UnauthorizedAccessException)
        {
            return await RefuseAsync(refusal.Message, StorageFailed);
        }
    }

    static async Task<int> ServeAsync(BatonOptions options)
    {
        using var telemetry = Telemetry.StartIfConfigured();
        var built = await BatonApp.BuildAsync(options, TimeProvider.System, CancellationToken.None);
        await using var app = built.App;
        await using var server = built.Server;
        await app.StartAsync();
        await Console.Out.WriteLineAsync($"Baton is ready on {app.Urls.First()}");
        await app.WaitForShutdownAsync();
        return server.Lane.Ended.IsFaulted || server.Background.Failed.IsCompleted ? StorageFailed : Done;
    }

    static async Task<int> PrintUsageAsync()
    {
        await Console.Out.WriteLineAsync(Usage);
        return Done;
    }

    static async Task<int> RefuseAsync(string message, int exitCode)
    {
        await Console.Error.WriteLineAsync(message);
        return exitCode;
    }
}
