using Baton.Server.Platform;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Ledger;

/// <summary>The proof: the ledger's head, and its verification.</summary>
internal static class LedgerFeature
{
    public static void AddTo(Registrations server, Workspaces workspaces)
    {
        server.Reads.Add(ReadLedgerHead.SpecOf(workspaces));
        server.Reads.Add(VerifyLedger.SpecOf(workspaces));
    }

    public static void Map(Routes routes)
    {
        routes.Get("/ledger/head", ReadLedgerHead.Action);
        routes.Get("/ledger/verify", VerifyLedger.Action);
    }
}
