using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Ledger;
using Baton.Server.Platform.Resources;

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

        foreach (var check in BatonFeatures.Types.All.Select(type => type.Check).OfType<ContentCheck>())
        {
            foreach (var problem in await check(database, CancellationToken.None))
            {
                isIntact = false;
                await output.WriteLineAsync($"content: {problem}");
            }
        }

        await output.WriteLineAsync(isIntact ? "all is well" : "the database is damaged: restore a backup");
        return isIntact ? Commands.Done : Commands.DatabaseRefused;
    }
}
