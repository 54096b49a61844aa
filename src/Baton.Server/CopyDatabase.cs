using System.Globalization;
using System.Runtime.InteropServices;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Ledger;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Copying;
using Baton.Server.Platform.Storage.Postgres;
using Baton.Server.Platform.Storage.Sqlite;

namespace Baton.Server;

/// <summary>
/// `copy`: everything from one database into another, empty one, while no server runs on either. Until it is whole and
/// compared, the target shows nothing of it, and no server starts there.
/// </summary>
internal static class CopyDatabase
{
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, bool isTerminal)
    {
        var (from, to) = Parse(arguments);
        using var interrupted = new CancellationTokenSource();
        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        var progress = new CopyProgress(output, isTerminal, TimeProvider.System);
        try
        {
            await using var source = await OpenSourceAsync(from, interrupted.Token);
            await using var target = await OpenTargetAsync(to, interrupted.Token);
            await CopyAsync(source, target, progress, interrupted.Token);
            return Commands.Done;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            progress.Tell("Interrupted. Run the same command again: it starts over.");
            return Commands.Interrupted;
        }
        finally
        {
            progress.Erase();
        }

        void Cancel(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interrupted.Cancel();
        }
    }

    static async Task CopyAsync(
        ICopySide source, ICopyTarget target, CopyProgress progress, CancellationToken cancellation)
    {
        progress.Tell($"from {source.Name}\nto {target.Name}");
        var copied = await DatabaseCopy.RunAsync(source, target, progress, cancellation);
        await VerifyAsync(source, target, progress, cancellation);
        await target.FinishAsync(cancellation);
        var rows = copied.Sum(table => table.Rows);
        progress.Tell(string.Create(
            CultureInfo.InvariantCulture,
            $"copied and compared {rows} rows in {progress.Elapsed.TotalSeconds:0.0} s "
            + $"({rows / Math.Max(progress.Elapsed.TotalSeconds, 0.001):0} rows/s)"));
        if (File.Exists(Path.Combine(source.Name, "admin-key")))
            progress.Tell("The file admin-key of the source is not part of the database: keep it.");
    }

    /// <summary>The heads are those of the source, and every entry of the copy leads to them.</summary>
    static async Task VerifyAsync(
        ICopySide source, ICopyTarget target, CopyProgress progress, CancellationToken cancellation)
    {
        var heads = await Workspaces.ReadAllAsync(source, cancellation);
        var copied = await Workspaces.ReadAllAsync(target, cancellation);
        foreach (var (head, workspace) in heads.Zip(copied))
        {
            var found = await LedgerCheck.VerifyAsync(target, workspace, from: 1, to: null, cancellation);
            if (found.Broken is [var first, ..])
                throw new DatabaseRefusedException(
                    $"The ledger of workspace {workspace.Name} is damaged at seq {first.Seq} ({first.Reason}), and so "
                    + "was the source's. Look with `Baton.Server check`; restore a backup, and copy that.");
            if (workspace.HeadSeq != head.HeadSeq || !workspace.HeadHash.AsSpan().SequenceEqual(head.HeadHash))
                throw new DatabaseRefusedException(
                    $"The head of workspace {head.Name} is not the source's. Copy again.");
            progress.Tell(
                $"ledger of {workspace.Name}: {found.Checked} entries, intact, "
                + $"head {found.Head.Hash} as in the source");
        }
    }

    public static async Task<ICopySide> OpenSourceAsync(string database, CancellationToken cancellation) =>
        BatonOptions.IsPostgres(database)
            ? await PostgresCopySource.OpenAsync(database, cancellation)
            : SqliteCopySource.Open(database);

    public static async Task<ICopyTarget> OpenTargetAsync(string database, CancellationToken cancellation) =>
        BatonOptions.IsPostgres(database)
            ? await PostgresCopyTarget.OpenAsync(database, cancellation)
            : await SqliteCopyTarget.OpenAsync(database, cancellation);

    static (string From, string To) Parse(string[] arguments)
    {
        var (from, to) = arguments switch
        {
            ["--from", { Length: > 0 } first, "--to", { Length: > 0 } second] => (first, second),
            ["--to", { Length: > 0 } first, "--from", { Length: > 0 } second] => (second, first),
            _ => throw new BadSettingException(
                "copy takes --from and --to, each a data directory or postgres://user:password@host:port/database."),
        };
        (from, to) = (Checked(from), Checked(to));
        return from == to ? throw new BadSettingException("--from and --to name the same database.") : (from, to);
    }

    /// <summary>A mistyped address must not become a directory of that name.</summary>
    static string Checked(string database)
    {
        if (BatonOptions.IsPostgres(database)) return PostgresSetting.Parse(database).ConnectionString;
        return !database.Contains("://", StringComparison.Ordinal) && !database.StartsWith('-')
            ? Path.GetFullPath(database)
            : throw new BadSettingException(
                $"{database.Split("://")[0]} is neither a directory nor postgres://user:password@host:port/database.");
    }
}
