using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Commits.Operations;

/// <summary>What an edge gives an operation beside its request.</summary>
/// <param name="Actor">Who asks.</param>
internal sealed record OperationContext(Actor Actor)
{
    /// <summary>The version that the thing must have, in whatever way the edge was told it.</summary>
    public Precondition Precondition { get; init; } = Precondition.None;

    /// <summary>The caller's Idempotency-Key; null for none.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The secret that has opened the request; null if the operation was not asked for with a key.</summary>
    public SecretHash? Secret { get; init; }
}
