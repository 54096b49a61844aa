using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;

namespace Baton.Server.Features.Streams;

/// <summary>Failures that several use cases answer.</summary>
internal static class StreamFailures
{
    public static Failure NotFound(string id) => new(ErrorCodes.StreamNotFound, $"There is no stream {id}.");

    public static Failure Ahead(long after, long last) =>
        new(ErrorCodes.CursorAhead, $"The cursor is {after}; the newest entry is {last}.") { Head = last };

    public static Failure Pruned(long after, long first) => new(
        ErrorCodes.StreamCursorPruned,
        $"The cursor is {after}, but the entries from {after + 1} to {first - 1} are no longer kept.")
    {
        FirstEntry = first,
    };

    public static Failure OtherStream(string cursorOf, string streamId) => new(
        ErrorCodes.StreamCursorMismatch, $"The cursor is of the stream {cursorOf}; this one is {streamId}.");
}
