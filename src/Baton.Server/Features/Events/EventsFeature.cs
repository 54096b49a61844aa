using Baton.Server.Platform;
using Baton.Server.Platform.Http;

namespace Baton.Server.Features.Events;

/// <summary>The change feed: the ledger's entries, replayed and followed.</summary>
internal static class EventsFeature
{
    public static void AddTo(Registrations server) => server.Reads.Add(ReadEvents.Spec);

    public static void Map(Routes routes) => routes.Get("/events", ReadEvents.Action);
}
