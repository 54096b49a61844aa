using Baton.Contracts.Errors;
using Baton.Server.Features.Store.Claims.Indexes;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;

namespace Baton.Server.Features.Store.Claims;

/// <summary>
/// The failures of claims. `Nothing` and `NotBuilt` are never answered to a caller: they tell the claim what to do
/// next.
/// </summary>
internal static class ClaimFailures
{
    /// <summary>
    /// There is nothing to claim. A claim that waits is tried again. The failure is not kept for an Idempotency-Key.
    /// </summary>
    public static readonly Failure Nothing = new(ErrorCodes.StoreNotFound);

    /// <summary>
    /// The namespace does not have the shape, or the shape is not built. Then it is built, and the claim is tried
    /// again.
    /// </summary>
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
