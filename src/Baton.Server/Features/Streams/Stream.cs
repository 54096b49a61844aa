using Baton.Contracts;

namespace Baton.Server.Features.Streams;

/// <summary>What is the same for every use case of streams.</summary>
internal static class Stream
{
    public const string IdPrefix = "str_";

    /// <summary>Of an id or, where a request names it so, of a name.</summary>
    public static string ResourceOf(string id) => ResourceName.Of(StreamType.Name, id);

    public static string OverflowName(bool isPruning) => isPruning ? "prune" : "reject";
}
