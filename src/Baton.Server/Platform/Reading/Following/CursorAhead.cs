using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;

namespace Baton.Server.Platform.Reading.Following;

/// <summary>The failure of a reader that says it is beyond the newest commit.</summary>
internal static class CursorAhead
{
    /// <summary>
    /// The failure of a waiting reader that is beyond the head, because a failover has lost what it had read. Null if
    /// it is not, as nearly always.
    /// </summary>
    public static Failure? Find(Caller caller, long after)
    {
        var head = caller.Services.Feed.Head(caller.WorkspaceId);
        return after > head ? Of(after, head) : null;
    }

    public static Failure Of(long after, long head) =>
        new(ErrorCodes.CursorAhead, $"The cursor is {after}; the newest commit is {head}.") { Head = head };
}
