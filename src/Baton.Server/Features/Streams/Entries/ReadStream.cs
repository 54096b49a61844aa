using System.Buffers;
using System.Text;
using Baton.Contracts.Errors;
using Baton.Contracts.Requests;
using Baton.Contracts.Streams;
using Baton.Server.Features.Streams.Following;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Following;
using Baton.Server.Platform.Reading.Waits;

namespace Baton.Server.Features.Streams.Entries;

/// <summary>Reads a stream, waits for what comes, or follows it.</summary>
internal static class ReadStream
{
    public const string Action = "stream.read";

    public static ReadSpec SpecOf(StreamFeature streams) => new BytesReadSpec<ReadStreamRequest>(
        Action, "Reads the entries of a stream, oldest first.", typeof(StreamPage),
        (caller, request) => ReadAsync(caller, streams, request))
    {
        Description = """
            Without `after` it begins with the oldest entry that is there. `next_after` has moved over what the label
            left out, and names the stream: what was created anew under its name does not take it. `wait` holds a page
            that would be empty; a stream of this name need not exist yet, unless `after` is behind an entry. With
            `Accept: text/event-stream` the answer is a stream of server-sent events, whose `id` is `str_…:ENTRY`;
            `Last-Event-ID` or `after` resumes it. A reader whose next entry is no longer kept is told so: 410, or in a
            running event stream `event: end` with the reason `cursor_pruned` and `first_entry`. A read never moves a
            consumer's cursor.
            """,
        Role = Role.Reader,
        Resource = (request, _) => Stream.ResourceOf(request.Stream),
        Check = Check,
        Found = "A page of entries.",
        EventType = typeof(StreamEntry),
        Events = "The entries as they come.",
        Follow = (caller, request) => FollowAsync(caller, streams, request),
        Errors =
        [
            ErrorCodes.StreamNotFound, ErrorCodes.StreamCursorPruned, ErrorCodes.StreamCursorMismatch,
            ErrorCodes.CursorAhead, ErrorCodes.WaitersTooMany,
        ],
    };

    static void Check(ReadStreamRequest request, InputErrors errors)
    {
        if (request is { Consumer: not null, After: not null })
            errors.Add("/consumer", "`consumer` has a place of its own; it does not go with `after`.");
    }

    /// <summary>A page as JSON; waits for it if there is nothing.</summary>
    static async ValueTask<Outcome<ReadAnswer>> ReadAsync(
        Caller caller, StreamFeature streams, ReadStreamRequest request)
    {
        if (IsCursorDenied(caller, request)) return CursorDenied();
        var limit = (int)(request.Limit ?? PageRequest.DefaultLimit);
        using var follower = FollowerOf(caller, streams, request, isWaiting: request.Wait is not null);
        caller.Look();
        if (await follower.FindAsync(caller.Aborted) is { } absent) return absent;
        Failure? failure = null;
        var answered = await Waiting.UntilAsync(caller, follower, TimeSpan.FromSeconds(request.Wait ?? 0), async () =>
        {
            caller.Look();
            failure = await follower.ReadAsync(limit, caller.Aborted);
            return failure is not null || follower.Page.Count > 0;
        });
        failure ??= answered.Failure;
        if (failure is not null) return failure;
        var json = new ArrayBufferWriter<byte>(initialCapacity: 1024);
        json.Write("{\"items\":"u8);
        WriteList(json, follower.Page, request.Full ?? false);
        json.Write(Encoding.UTF8.GetBytes($",\"next_after\":\"{follower.NextAfter}\"}}"));
        return ReadAnswer.OfJson(json.WrittenMemory);
    }

    /// <summary>The entries as a JSON array.</summary>
    public static void WriteList(IBufferWriter<byte> json, IReadOnlyList<RenderedEntry> entries, bool isFull)
    {
        json.Write("["u8);
        for (var index = 0; index < entries.Count; index++)
        {
            if (index > 0) json.Write(","u8);
            entries[index].WriteTo(json, isFull);
        }

        json.Write("]"u8);
    }

    static async ValueTask<Outcome<SseSource>> FollowAsync(
        Caller caller, StreamFeature streams, ReadStreamRequest request) =>
        IsCursorDenied(caller, request)
            ? CursorDenied()
            : await StreamSource.OpenAsync(FollowerOf(caller, streams, request, isWaiting: true), caller.Aborted);

    static StreamFollower FollowerOf(
        Caller caller, StreamFeature streams, ReadStreamRequest request, bool isWaiting) =>
        new(
            caller, Action, streams, request.Stream, StreamPlace.Of(request.After), request.Label, request.Consumer,
            isWaiting);

    static bool IsCursorDenied(Caller caller, ReadStreamRequest request) =>
        request.Consumer is not null && caller.Actor.Role < Role.Agent;

    static Failure CursorDenied() => new(
        ErrorCodes.AccessDenied,
        "A cursor needs the role agent; a reader keeps its place by itself, with `after`.");
}
