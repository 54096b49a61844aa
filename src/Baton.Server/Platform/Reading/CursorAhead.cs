using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;

namespace Baton.Server.Platform.Reading;

/// <summary>The failure of a reader that says it is beyond the newest commit.</summary>
internal static class CursorAhead
{
    /// <summary>
    /// Why a reader that waits is beyond the head: a failover has lost what it had read. Null, as nearly always: it is
    /// not.
    /// </summary>
    public static Failure? Find(Caller caller, long after)
    {
        var head = caller.Services.Feed.Head(caller.WorkspaceId);
        return after > head ? Of(after, head) : null;
    }

    public static Failure Of(long after, long head) =>
        new(ErrorCodes.CursorAhead, $"The cursor is {after}; the newest commit is {head}.") { Head = head };
}
