using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Identity;

/// <summary>Gives a key a new secret, beside which the old one may go on working for a time.</summary>
public sealed record RotateKeyRequest : IOperationRequest
{
    /// <summary>The most seconds for which an old secret may go on working (7 days); the least is 0.</summary>
    public const int MaxGraceSeconds = 7 * 24 * 3600;

    /// <summary>The id of a key of this workspace, `key_…`. One that does not exist is a 404 `key.not_found`.</summary>
    [InPath]
    public required string KeyId { get; init; }

    /// <summary>
    /// Seconds for which the old secret goes on working, from 0 to 604800 (7 days). With 0, which is the default, it
    /// ends at once.
    /// </summary>
    [Range(0, MaxGraceSeconds)]
    public long GraceSeconds { get; init; }
}
