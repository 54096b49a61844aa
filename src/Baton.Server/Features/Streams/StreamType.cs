using Baton.Server.Platform.Access;
using Baton.Server.Platform.Reading.Discovery;
using Baton.Server.Platform.Resources;

namespace Baton.Server.Features.Streams;

/// <summary>What a stream is to the rest of the server.</summary>
internal static class StreamType
{
    public const string Name = "stream";

    public static ResourceType Declared { get; } = new(Name, AccessRule.Shared)
    {
        Discovery = new DiscoveryKind("streams", DiscoverStreams.ReadAsync)
        {
            Filters =
            [
                new(DiscoverStreams.Label, "Only streams that have entries with this label."),
                new(DiscoverStreams.LinkedTo, "Only streams that are linked to this stash."),
            ],
        },
        IsBoundToSchemas = true,
        Check = StreamCheck.RunAsync,
    };
}
