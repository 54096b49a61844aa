namespace Baton.Server.Features.Streams.Entries;

/// <summary>What is to be read of a stream.</summary>
/// <param name="Key">The stream.</param>
/// <param name="Place">Where the reader is.</param>
/// <param name="Label">Only entries with it; null for all.</param>
/// <param name="Limit">The most entries.</param>
internal sealed record StreamQuery(StreamKey Key, StreamPlace Place, string? Label, int Limit)
{
    /// <summary>Only the newest one, whatever the place.</summary>
    public bool IsNewest { get; init; }
}
