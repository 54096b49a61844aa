using Baton.Contracts.Requests;

namespace Baton.Contracts.Streams;

/// <summary>Deletes a stream and erases all its entries and cursors.</summary>
public sealed record DeleteStreamRequest : StreamRequest, IConditionalRequest
{
    /// <summary>The version that the stream must have, or it is a 412 `version.mismatch`. Null: any version.</summary>
    [InConditions]
    public long? IfVersion { get; init; }
}
