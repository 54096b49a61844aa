using System.Buffers;
using Baton.Contracts.Errors;
using Baton.Contracts.Streams;
using Baton.Server.Features.Streams.Following;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Waits;

namespace Baton.Server.Features.Streams.Entries;

/// <summary>Reads the newest entry of a stream, or waits for a newer one.</summary>
internal static class LatestEntry
{
    public static RouteSpec Spec { get; } = new("stream.latest", "Reads the newest entry of a stream.")
    {
        Description = """
            `label`: the newest with that label; `after`: only one after that entry. `wait` holds the request until
            there is one (the stream need not exist yet); when the time is over it answers 204. The ETag is the entry's
            id.
            """,
        Role = Role.Reader,
        Resource = StreamRoutes.ResourceOf,
        Path = [StreamRoutes.Id],
        Query = [StreamPlace.Parameter, StreamRoutes.Label, WaitParameter.Spec, StreamRoutes.Full],
        Headers =
        [
            new("If-None-Match", "string", "The entry that the caller has: 304 if it is the newest.")
            {
                Pattern = Precondition.KnownPattern,
            },
        ],
        Answers =
        [
            AnswerSpec.Json<StreamEntry>(200, "The entry.", "Baton-Seq", "ETag"),
            new(204, Type: null, "The time is over.") { Headers = ["Baton-Seq"], OptionalHeaders = ["ETag"] },
            new(304, Type: null, "The caller has the newest entry.") { Headers = ["Baton-Seq", "ETag"] },
        ],
        Errors =
        [
            ErrorCodes.StreamNotFound, ErrorCodes.StreamEmpty, ErrorCodes.StreamCursorMismatch, ErrorCodes.CursorAhead,
            ErrorCodes.WaitersTooMany,
        ],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call, StreamFeature streams)
    {
        var id = StreamRoutes.ReadId(call);
        var place = StreamPlace.Read(call, isStream: false);
        var label = StreamRoutes.ReadLabel(call);
        var wait = WaitParameter.Read(call);
        var isFull = call.Query.Boolean("full") ?? false;
        var known = Precondition.ReadKnownVersion(call.Http.Request, call.Errors);
        if (call.Errors.Any) return call.Errors.ToFailure();
        var found = await ReadAsync(call.Caller, streams, id, place, label, wait);
        return found.Failure is { } failure ? failure : await AnswerAsync(call, found.Value, known, isFull);
    }

    /// <summary>Reads the newest entry, or waits for one after a place.</summary>
    public static async ValueTask<Outcome<LatestAnswer>> ReadAsync(
        Caller caller, StreamFeature streams, string id, StreamPlace place, string? label, TimeSpan? wait)
    {
        using var follower = new StreamFollower(
            caller, Spec.Action, streams, id, place with { IsAnyAge = true }, label, consumer: null,
            isWaiting: wait is not null);
        caller.Look();
        if (await follower.FindAsync(caller.Aborted) is { } absent) return absent;
        var (current, isAnswer, failure) = ((RenderedEntry?)null, false, (Failure?)null);
        var answered = await Waiting.UntilAsync(caller, follower, wait ?? TimeSpan.Zero, async () =>
        {
            caller.Look();
            (var newest, isAnswer, failure) = await LookAsync(follower, caller.Aborted);
            current = newest ?? current;
            return failure is not null || isAnswer;
        });
        failure ??= answered.Failure;
        if (failure is not null) return failure;
        if (!isAnswer && wait is null) return Empty(id, label);
        return new LatestAnswer(current, IsOver: !isAnswer);
    }

    /// <summary>
    /// Looks at the newest entry that exists, which may be no answer yet; later at the newest of those that have come.
    /// </summary>
    static async ValueTask<(RenderedEntry? Newest, bool IsAnswer, Failure? Failure)> LookAsync(
        StreamFollower follower, CancellationToken cancellation)
    {
        if (!follower.IsRead)
        {
            var (there, absent) = await follower.ReadNewestAsync(cancellation);
            return (there, follower.Page.Count > 0, absent);
        }

        RenderedEntry? newest = null;
        while (true)
        {
            var before = follower.After;
            if (await follower.ReadAsync(StreamFollower.PageSize, cancellation) is { } failure)
                return (null, IsAnswer: false, failure);
            newest = follower.Page.LastOrDefault() ?? newest;
            if (follower.After == before) return (newest, newest is not null, null);
        }
    }

    static async ValueTask<Failure?> AnswerAsync(HttpCall call, LatestAnswer found, long? known, bool isFull)
    {
        call.SetVersion(found.Entry?.EntryId);
        if (found.IsOver)
        {
            call.Answer(StatusCodes.Status204NoContent);
            return null;
        }

        var entry = found.Entry!;
        if (known == entry.EntryId || known == Precondition.AnyVersion)
        {
            call.Answer(StatusCodes.Status304NotModified);
            return null;
        }

        var json = new ArrayBufferWriter<byte>();
        entry.WriteTo(json, isFull);
        await call.AnswerJsonAsync(200, json.WrittenMemory);
        return null;
    }

    static Failure Empty(string id, string? label) => new(
        ErrorCodes.StreamEmpty,
        label is null ? $"The stream {id} has no such entry." : $"The stream {id} has no such entry with this label.");
}

/// <summary>What a read of the newest entry found.</summary>
/// <param name="Entry">The newest that is there; null: none.</param>
/// <param name="IsOver">The time of a wait is over, and there is no newer one.</param>
internal readonly record struct LatestAnswer(RenderedEntry? Entry, bool IsOver);
