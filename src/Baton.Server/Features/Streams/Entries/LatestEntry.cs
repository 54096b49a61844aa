using System.Buffers;
using Baton.Contracts.Errors;
using Baton.Contracts.Streams;
using Baton.Server.Features.Streams.Following;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Waits;

namespace Baton.Server.Features.Streams.Entries;

/// <summary>Reads the newest entry of a stream, or waits for a newer one.</summary>
internal static class LatestEntry
{
    public const string Action = "stream.latest";

    public static ReadSpec SpecOf(StreamFeature streams) => new BytesReadSpec<ReadLatestEntryRequest>(
        Action, "Reads the newest entry of a stream.", typeof(StreamEntry),
        (caller, request) => ReadAsync(caller, streams, request))
    {
        Description = """
            `label`: the newest with that label; `after`: only one after that entry. `wait` holds the request until
            there is one (the stream need not exist yet); when the time is over it answers 204. The ETag is the entry's
            id.
            """,
        Role = Role.Reader,
        Resource = (request, _) => Stream.ResourceOf(request.Stream),
        HasVersion = true,
        Found = "The entry.",
        Nothing = "The time is over.",
        Known = "The entry that the caller has: 304 if it is the newest.",
        Unchanged = "The caller has the newest entry.",
        Errors =
        [
            ErrorCodes.StreamNotFound, ErrorCodes.StreamEmpty, ErrorCodes.StreamCursorMismatch, ErrorCodes.CursorAhead,
            ErrorCodes.WaitersTooMany,
        ],
    };

    /// <summary>Reads the newest entry, or waits for one after a place.</summary>
    static async ValueTask<Outcome<ReadAnswer>> ReadAsync(
        Caller caller, StreamFeature streams, ReadLatestEntryRequest request)
    {
        using var follower = new StreamFollower(
            caller, Action, streams, request.Stream, StreamPlace.Of(request.After) with { IsAnyAge = true },
            request.Label, consumer: null, isWaiting: request.Wait is not null);
        caller.Look();
        if (await follower.FindAsync(caller.Aborted) is { } absent) return absent;
        var (current, isAnswer, failure) = ((RenderedEntry?)null, false, (Failure?)null);
        var answered = await Waiting.UntilAsync(caller, follower, TimeSpan.FromSeconds(request.Wait ?? 0), async () =>
        {
            caller.Look();
            (var newest, isAnswer, failure) = await LookAsync(follower, caller.Aborted);
            current = newest ?? current;
            return failure is not null || isAnswer;
        });
        failure ??= answered.Failure;
        if (failure is not null) return failure;
        if (isAnswer) return AnswerOf(current!, request.Full ?? false);
        return request.Wait is null
            ? Empty(request.Stream, request.Label)
            : ReadAnswer.Nothing with { Version = current?.EntryId };
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

    static ReadAnswer AnswerOf(RenderedEntry entry, bool isFull)
    {
        var json = new ArrayBufferWriter<byte>();
        entry.WriteTo(json, isFull);
        return ReadAnswer.OfJson(json.WrittenMemory) with { Version = entry.EntryId };
    }

    static Failure Empty(string id, string? label) => new(
        ErrorCodes.StreamEmpty,
        label is null ? $"The stream {id} has no such entry." : $"The stream {id} has no such entry with this label.");
}
