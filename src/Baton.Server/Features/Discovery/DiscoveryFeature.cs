using Baton.Server.Platform;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Reading.Discovery;

namespace Baton.Server.Features.Discovery;

/// <summary>How an agent finds what others share without knowing a name.</summary>
internal static class DiscoveryFeature
{
    public static void AddTo(Registrations server, DiscoverySources sources) =>
        server.Reads.Add(DiscoverThings.SpecOf(sources));

    public static void Map(Routes routes) => routes.Get("/discover", DiscoverThings.Action);
}
