using Baton.Contracts.Requests;

namespace Baton.Contracts.Identity;

/// <summary>Ends a key at once.</summary>
public sealed record RevokeKeyRequest : IOperationRequest
{
    /// <summary>The id of a key, `key_…`.</summary>
    [InPath]
    public required string KeyId { get; init; }
}
