using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Streams;

/// <summary>What requests about one stream have in common.</summary>
public abstract record StreamRequest : IOperationRequest
{
    /// <summary>
    /// The stream: its id, `str_…`, or its name. One that does not exist is a 404 `stream.not_found`.
    /// </summary>
    [InPath("id")]
    [StreamForm]
    [JsonPropertyOrder(-1)]
    public required string Stream { get; init; }
}
