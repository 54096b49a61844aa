namespace Baton.Server.Platform.Reading.Discovery;

/// <summary>What somebody wants to discover.</summary>
/// <param name="Caller">Who asks: what is not there for it is not in any answer, count or cursor.</param>
/// <param name="Action">For the access filter.</param>
/// <param name="Text">A text that the name or the description holds, in any case; null: all.</param>
/// <param name="Filters">What is asked by the filters that types have declared.</param>
internal sealed record DiscoveryQuery(
    Caller Caller, string Action, string? Text, IReadOnlyDictionary<string, string> Filters)
{
    /// <summary>The lane's time: what has expired by then is not there.</summary>
    public long Now { get; } = Caller.Services.Now;

    public bool MaySee(string resource) => Caller.MaySee(Action, resource);

    public bool Wants(string name, string? description = null) =>
        Text is null
        || name.Contains(Text, StringComparison.OrdinalIgnoreCase)
        || description?.Contains(Text, StringComparison.OrdinalIgnoreCase) == true;
}
