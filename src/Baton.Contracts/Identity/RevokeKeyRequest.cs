using Baton.Contracts.Requests;

namespace Baton.Contracts.Identity;

/// <summary>Ends a key at once.</summary>
public sealed record RevokeKeyRequest : IOperationRequest
{
    /// <summary>The id of a key of this workspace, `key_…`. One that does not exist is a 404 `key.not_found`.</summary>
    [InPath]
    public required string KeyId { get; init; }
}
