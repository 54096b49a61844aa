namespace Baton.Server.Platform.Reading.Discovery;

/// <summary>A question that things of some types can be left out by.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Description">What it leaves, as a sentence.</param>
internal sealed record DiscoveryFilter(string Name, string Description);
