namespace Baton.Server.Platform.Reading.Discovery;

/// <summary>How the things of a type are discovered.</summary>
/// <param name="Things">What they are called: `stashes`.</param>
/// <param name="Read">Reads a page of them.</param>
internal sealed record DiscoveryKind(string Things, DiscoveryRead Read)
{
    /// <summary>What is shown of them, as a sentence begins that <see cref="Which"/> ends.</summary>
    public string Shown { get; init; } = Things;

    /// <summary>Which of them are shown.</summary>
    public string Which { get; init; } = "that their writers made discoverable";

    /// <summary>What else can be asked of them: where it is asked, types that do not take it show nothing.</summary>
    public IReadOnlyList<DiscoveryFilter> Filters { get; init; } = [];
}
