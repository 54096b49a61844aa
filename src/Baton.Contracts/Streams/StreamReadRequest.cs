using Baton.Contracts.Requests;

namespace Baton.Contracts.Streams;

/// <summary>What reads of one stream have in common.</summary>
public abstract record StreamReadRequest : IReadRequest
{
    /// <summary>
    /// The stream: its id, `str_…`, or its name. One that does not exist is a 404 `stream.not_found`.
    /// </summary>
    [InPath("id")]
    [StreamForm]
    public required string Stream { get; init; }
}
