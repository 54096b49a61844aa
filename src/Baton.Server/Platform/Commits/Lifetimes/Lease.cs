namespace Baton.Server.Platform.Commits.Lifetimes;

/// <summary>
/// Who holds a thing, and until when. Stands in a row of the feature's, which goes when the lease ends. Times are the
/// lane's, in microseconds since 1970-01-01 UTC.
/// </summary>
/// <param name="Holder">The name of the actor who took it.</param>
/// <param name="Fence">
/// The seq of the entry by which it was taken. It grows from one who takes the thing to the next, so what somebody does
/// with an older one is recognized.
/// </param>
/// <param name="TakenAt">When it was taken.</param>
/// <param name="Until">When it lapses, unless it is renewed.</param>
internal readonly record struct Lease(string Holder, long Fence, long TakenAt, long Until)
{
    /// <summary>Whether its holder may still act on it; not from its end on, even if nobody has swept it.</summary>
    public bool IsHeld(long now) => Until > now;
}
