namespace Baton.Server.Platform.Commits.Lifetimes;

/// <summary>
/// Who holds a thing, and until when. It stands in a row of the feature's, which is deleted when the lease ends. Times
/// are the lane's, in microseconds since 1970-01-01 UTC.
/// </summary>
/// <param name="Holder">The name of the actor who took it.</param>
/// <param name="Fence">
/// The seq of the ledger entry by which the thing was taken. Whoever takes the thing next gets a greater one, so that
/// what an earlier holder still does can be recognized.
/// </param>
/// <param name="TakenAt">When the thing was taken.</param>
/// <param name="Until">When the lease ends, unless it is renewed.</param>
internal readonly record struct Lease(string Holder, long Fence, long TakenAt, long Until)
{
    /// <summary>
    /// Whether the holder may still act on the thing. From the end of the lease on it may not, even if the due-queue
    /// has not ended the lease yet.
    /// </summary>
    public bool IsHeld(long now) => Until > now;
}
