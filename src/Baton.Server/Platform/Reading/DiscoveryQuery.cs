using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Reading;

/// <summary>What somebody wants to discover.</summary>
/// <param name="Actor">Who asks: what is not there for it is not in any answer, count or cursor.</param>
/// <param name="Action">For the access filter.</param>
/// <param name="Text">A text that the name or the description holds, in any case; null: all.</param>
/// <param name="Label">Only what has entries with this label; null: all.</param>
/// <param name="LinkedTo">Only what is linked to this stash; null: all.</param>
/// <param name="Now">The lane's time: what has expired by then is not there.</param>
internal sealed record DiscoveryQuery(
    Actor Actor, string Action, string? Text, string? Label, string? LinkedTo, long Now)
{
    /// <summary>Asks for what only streams have.</summary>
    public bool IsAboutStreams => Label is not null || LinkedTo is not null;

    public bool Wants(string name, string? description = null) =>
        Text is null
        || name.Contains(Text, StringComparison.OrdinalIgnoreCase)
        || description?.Contains(Text, StringComparison.OrdinalIgnoreCase) == true;
}
