using System.Buffers;
using Baton.Contracts.Errors;
using Baton.Contracts.Streams;
using Baton.Server.Platform.Errors;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Streams;

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
        Query = [StreamPlace.Parameter, StreamRoutes.Label, Waiting.Parameter, StreamRoutes.Full],
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

    public static async ValueTask<Failure?> HandleAsync(Call call, StreamFeature streams)
    {
        var id = StreamRoutes.ReadId(call);
        var place = StreamPlace.Read(call, isStream: false);
        var label = StreamRoutes.ReadLabel(call);
        var wait = Waiting.Read(call);
        var isFull = call.Query.Boolean("full") ?? false;
        var known = Precondition.ReadKnownVersion(call.Http.Request, call.Errors);
        if (call.Errors.Any) return call.Errors.ToFailure();
        using var follower = new StreamFollower(
            call, streams, id, place with { IsAnyAge = true }, label, consumer: null, isWaiting: wait is not null);
        call.SetSeq(call.Server.Feed.Head(call.Actor.WorkspaceId));
        if (await follower.FindAsync(call.Aborted) is { } absent) return absent;
        var (current, isAnswer, failure) = ((RenderedEntry?)null, false, (Failure?)null);
        var answered = await Waiting.UntilAsync(call, follower, wait ?? TimeSpan.Zero, async () =>
        {
            call.SetSeq(call.Server.Feed.Head(call.Actor.WorkspaceId));
            (var newest, isAnswer, failure) = await ReadAsync(follower, call.Aborted);
            current = newest ?? current;
            return failure is not null || isAnswer;
        });
        failure ??= answered.Failure;
        if (failure is not null) return failure;
        if (isAnswer) return await AnswerAsync(call, current!, known, isFull);
        if (wait is null) return Empty(id, label);
        call.SetVersion(current?.EntryId);
        call.Answer(StatusCodes.Status204NoContent);
        return null;
    }

    /// <summary>First the newest that is there, perhaps no answer yet; then, of what comes, the newest.</summary>
    static async ValueTask<(RenderedEntry? Newest, bool IsAnswer, Failure? Failure)> ReadAsync(
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

    static async ValueTask<Failure?> AnswerAsync(Call call, RenderedEntry entry, long? known, bool isFull)
    {
        call.SetVersion(entry.EntryId);
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
