using Baton.Contracts.Requests;

namespace Baton.Contracts.Streams;

/// <summary>Deletes a stream and erases all its entries and cursors.</summary>
public sealed record DeleteStreamRequest : StreamRequest, IConditionalRequest
{
    /// <summary>Only if the stream has this version. Null: whatever it has.</summary>
    [InConditions]
    public long? IfVersion { get; init; }
}
