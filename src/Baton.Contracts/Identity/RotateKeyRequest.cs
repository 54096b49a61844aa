using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Identity;

/// <summary>Gives a key a new secret; the old one may work on for a grace.</summary>
public sealed record RotateKeyRequest : IOperationRequest
{
    /// <summary>Seconds that an old secret may still work, from 0: 7 days.</summary>
    public const int MaxGraceSeconds = 7 * 24 * 3600;

    /// <summary>The id of a key, `key_…`.</summary>
    [InPath]
    public required string KeyId { get; init; }

    /// <summary>For how long the old secret still works, 0 to 604 800 seconds (7 days).</summary>
    [Range(0, MaxGraceSeconds)]
    public long GraceSeconds { get; init; }
}
