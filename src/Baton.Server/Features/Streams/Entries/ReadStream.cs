using System.Buffers;
using System.Text;
using Baton.Contracts.Errors;
using Baton.Contracts.Streams;
using Baton.Server.Features.Streams.Following;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Waits;

namespace Baton.Server.Features.Streams.Entries;

/// <summary>Reads a stream, waits for what comes, or follows it.</summary>
internal static class ReadStream
{
    static readonly ParameterSpec s_consumer = new(
        "consumer", "string", "Begin after this consumer's cursor, which PUT /stream/{id}/cursors/{consumer} sets.")
    {
        Pattern = Names.Pattern,
    };

    public static RouteSpec Spec { get; } = new("stream.read", "Reads the entries of a stream, oldest first.")
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
        Resource = StreamRoutes.ResourceOf,
        Path = [StreamRoutes.Id],
        Query =
        [
            StreamPlace.Parameter, s_consumer, StreamRoutes.Label, Paging.Limit, WaitParameter.Spec, StreamRoutes.Full,
            StreamPlace.LastEventIdInQuery,
        ],
        Headers = [StreamPlace.LastEventId],
        Answers =
        [
            AnswerSpec.Json<StreamPage>(200, "A page of entries.", "Baton-Seq"),
            AnswerSpec.Events<StreamEntry>("The entries as they come."),
        ],
        Errors =
        [
            ErrorCodes.StreamNotFound, ErrorCodes.StreamCursorPruned, ErrorCodes.StreamCursorMismatch,
            ErrorCodes.CursorAhead, ErrorCodes.WaitersTooMany,
        ],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call, StreamFeature streams)
    {
        var id = StreamRoutes.ReadId(call);
        var isStream = SseStream.IsWanted(call.Http.Request, "application/json");
        var place = StreamPlace.Read(call, isStream);
        var label = StreamRoutes.ReadLabel(call);
        var consumer = ReadConsumer(call);
        var limit = Paging.ReadLimit(call);
        var wait = WaitParameter.Read(call);
        var isFull = call.Query.Boolean("full") ?? false;
        if (call.Errors.Any) return call.Errors.ToFailure();
        if (consumer is not null && call.Actor.Role < Role.Agent) return CursorDenied();
        var follower = new StreamFollower(
            call.Caller, Spec.Action, streams, id, place, label, consumer, isWaiting: isStream || wait is not null);
        return isStream
            ? await SseStream.FollowAsync(call, await StreamSource.OpenAsync(follower, call.Aborted))
            : await call.AnswerJsonAsync(await ReadAsync(call.Caller, follower, limit, wait, isFull));
    }

    /// <summary>A page as JSON; waits for it if there is nothing. The follower ends with it.</summary>
    public static async ValueTask<Outcome<ReadOnlyMemory<byte>>> ReadAsync(
        Caller caller, StreamFollower follower, int limit, TimeSpan? wait, bool isFull)
    {
        using var owned = follower;
        caller.Look();
        if (await follower.FindAsync(caller.Aborted) is { } absent) return absent;
        Failure? failure = null;
        var answered = await Waiting.UntilAsync(caller, follower, wait ?? TimeSpan.Zero, async () =>
        {
            caller.Look();
            failure = await follower.ReadAsync(limit, caller.Aborted);
            return failure is not null || follower.Page.Count > 0;
        });
        failure ??= answered.Failure;
        if (failure is not null) return failure;
        var json = new ArrayBufferWriter<byte>(initialCapacity: 1024);
        json.Write("{\"items\":"u8);
        WriteList(json, follower.Page, isFull);
        json.Write(Encoding.UTF8.GetBytes($",\"next_after\":\"{follower.NextAfter}\"}}"));
        return json.WrittenMemory;
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

    static string? ReadConsumer(HttpCall call)
    {
        if (call.Query.Text("consumer") is not { } consumer) return null;
        Names.Check(consumer, "query:consumer", call.Errors);
        if (call.Query.Has("after"))
            call.Errors.Add("query:consumer", "`consumer` has a place of its own; it does not go with `after`.");
        return consumer;
    }

    static Failure CursorDenied() => new(
        ErrorCodes.AccessDenied,
        "A cursor needs the role agent; a reader keeps its place by itself, with `after`.");
}
