using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;

namespace Baton.Server.Features.Store.Claims;

/// <summary>Failures of claims; the first two never leave the server.</summary>
internal static class ClaimFailures
{
    /// <summary>There is nothing to claim: not kept for an Idempotency-Key, and tried again by who waits.</summary>
    public static readonly Failure Nothing = new(ErrorCodes.StoreNotFound);

    /// <summary>The namespace knows no such shape, or it is not built: build it, then try again.</summary>
    public static readonly Failure NotBuilt = new(ErrorCodes.StoreIndexBuilding);

    public static Failure LeaseLost(string claimId) => new(
        ErrorCodes.StoreLeaseLost,
        $"{InputText.Shorten(claimId)} is held no more: its lease ended, it was completed or released, or its record "
        + "was deleted; or it never was.");

    public static Failure TooManyShapes() => new(
        ErrorCodes.StoreTooManyShapes,
        $"The namespace is claimed by {ClaimShapes.MaxCount} combinations of prefix and pointers already.");

    public static Failure Building() => new(ErrorCodes.StoreIndexBuilding) { RetryAfterSeconds = 1 };
}
