using Baton.Server.Features.Schemas;
using Baton.Server.Features.Stashes;
using Baton.Server.Features.Store.Records;
using Baton.Server.Features.Streams;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Ledger;

namespace Baton.Server;

/// <summary>`check`: verifies everything that the start-up checks only sample. Changes nothing.</summary>
internal static class CheckDatabase
{
    public static async Task<int> RunAsync(BatonOptions options, TextWriter output)
    {
        await using var database = await BatonApp.OpenAsync(options, CancellationToken.None);
        var isIntact = true;
        foreach (var problem in await database.FindDamageAsync(CancellationToken.None))
        {
            isIntact = false;
            await output.WriteLineAsync($"structure: {problem}");
        }

        foreach (var workspace in await Workspaces.ReadAllAsync(database, CancellationToken.None))
        {
            var found = await LedgerCheck.VerifyAsync(database, workspace, from: 1, to: null, CancellationToken.None);
            isIntact &= found.Intact;
            await output.WriteLineAsync(
                $"ledger of {workspace.Name}: {found.Checked} entries, {(found.Intact ? "intact" : "BROKEN")}");
            foreach (var item in found.Broken) await output.WriteLineAsync($"  seq {item.Seq}: {item.Reason}");
        }

        var stashes = await StashCheck.RunAsync(database, CancellationToken.None);
        var schemas = await SchemaLedgerCheck.RunAsync(database, CancellationToken.None);
        var streams = await StreamCheck.RunAsync(database, CancellationToken.None);
        var records = await RecordCheck.RunAsync(database, CancellationToken.None);
        foreach (var problem in stashes.Concat(schemas).Concat(streams).Concat(records))
        {
            isIntact = false;
            await output.WriteLineAsync($"content: {problem}");
        }

        await output.WriteLineAsync(isIntact ? "all is well" : "the database is damaged: restore a backup");
        return isIntact ? Commands.Done : Commands.DatabaseRefused;
    }
}
