using Baton.Contracts;
using Baton.Server.Features.Streams.Lifetimes;
using Baton.Server.Platform.Commits.Lifetimes;

namespace Baton.Server.Features.Streams;

/// <summary>What is the same for every use case of streams.</summary>
internal static class Stream
{
    public const string IdPrefix = "str_";

    /// <summary>A stream leaves no tombstone: its id is never given again. Its rows are erased in steps.</summary>
    public static readonly Lifetime Lifetime = new(ExpireStream.Kind, PurgeKind: null);

    /// <summary>Of an id or, where a request names it so, of a name.</summary>
    public static string ResourceOf(string id) => ResourceName.Of(StreamType.Name, id);

    public static string OverflowName(bool isPruning) => isPruning ? "prune" : "reject";
}
