using Baton.Contracts.Errors;
using Baton.Contracts.Store;
using Baton.Server.Features.Store.Claims;
using Baton.Server.Platform.Access;
using Baton.Server.Platform.Errors;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Lane;

namespace Baton.Server.Features.Store;

/// <summary>Reads a record, waits for it, or follows it.</summary>
internal static class GetRecord
{
    public static RouteSpec SpecOf(RecordSpace space) =>
        new(space.Action("read"), "Reads a record: its JSON value, byte for byte.")
    {
        Description = """
            `full=true` answers the whole record around it. `wait` holds the request until the record is there (or, with
            `after_version`, has a later version); when the time is over it answers 204. With
            `Accept: text/event-stream` the answer is a stream with one event per change, whose `id` is the seq;
            `Last-Event-ID` or `after` resumes it.
            """,
        Role = Role.Reader,
        Resource = call => RecordAddress.ResourceOf(call, space),
        Path = [RecordAddress.NamespaceOf(space), RecordAddress.InPath],
        Query =
        [
            RecordAddress.InQuery,
            new("full", "boolean", "The whole record: key, value, version, metadata, who and when, salt."),
            new(
                "after_version", "integer",
                "With `wait`: only a version after this one is an answer, or that it was deleted after it: 404.")
            {
                Minimum = 0,
            },
            Waiting.Parameter,
            new("after", "string", "For event streams: the seq after which to begin, or `now`.")
            {
                Pattern = EventsFeature.AfterPattern,
            },
            EventsFeature.LastEventIdInQuery,
        ],
        Headers =
        [
            new("If-None-Match", "string", "The version that the caller has: 304 if it is the newest.")
            {
                Pattern = Precondition.KnownPattern,
            },
            EventsFeature.LastEventId,
        ],
        Answers =
        [
            new(200, Type: null, "The value; with `full=true` a `StoredRecord`.")
            {
                ContentType = "application/json",
                Headers = ["Baton-Seq", "ETag", "Baton-Updated-By", "Baton-Updated-At", "X-Content-Type-Options"],
                OptionalHeaders = ["Baton-Expires-At"],
            },
            AnswerSpec.Events<RecordChange>("The changes as they come."),
            new(204, Type: null, "The time is over.") { Headers = ["Baton-Seq"], OptionalHeaders = ["ETag"] },
            new(304, Type: null, "The caller has the newest version.") { Headers = ["Baton-Seq", "ETag"] },
        ],
        Errors = [ErrorCodes.StoreNotFound, ErrorCodes.WaitersTooMany, ErrorCodes.CursorAhead],
    };

    public static ValueTask<Failure?> HandleAsync(Call call, RecordFinder finder, RecordSpace space)
    {
        var key = RecordAddress.Read(call, space).In(call.Actor.WorkspaceId);
        if (SseStream.IsWanted(call.Http.Request, "application/json")) return FollowAsync(call, finder, key);
        var isFull = call.Query.Boolean("full") ?? false;
        var afterVersion = call.Query.Integer("after_version", minimum: 0, long.MaxValue);
        var wait = Waiting.Read(call);
        var known = Precondition.ReadKnownVersion(call.Http.Request, call.Errors);
        ResumePoint.CheckAbsent(call);
        if (call.Query.Has("after"))
            call.Errors.Add("query:after", "`after` is for event streams; to wait use `after_version`.");
        if (afterVersion is not null && wait is null)
            call.Errors.Add("query:after_version", "`after_version` goes with `wait`.");
        if (call.Errors.Any) return new(call.Errors.ToFailure());
        return wait is { } time
            ? WaitAsync(call, finder, key, afterVersion ?? 0, time, known, isFull)
            : ReadAsync(call, finder, key, known, isFull);
    }

    static ValueTask<Failure?> ReadAsync(Call call, RecordFinder finder, RecordKey key, long? known, bool isFull)
    {
        // Before the rows: they are at least as new as this commit.
        call.SetSeq(call.Server.Feed.Head(call.Actor.WorkspaceId));
        if (!IsVisible(call, key)) return new(StoreFailures.NotFound(key));
        var found = finder.FindAsync(key, call.Aborted);
        return found.IsCompletedSuccessfully
            ? AnswerAsync(call, finder, key, found.Result, known, isFull)
            : AwaitAsync(call, finder, key, found, known, isFull);
    }

    static async ValueTask<Failure?> AwaitAsync(
        Call call, RecordFinder finder, RecordKey key, ValueTask<RecordRow?> found, long? known, bool isFull) =>
        await AnswerAsync(call, finder, key, await found, known, isFull);

    static async ValueTask<Failure?> WaitAsync(
        Call call, RecordFinder finder, RecordKey key, long afterVersion, TimeSpan wait, long? known, bool isFull)
    {
        if (!IsVisible(call, key)) return StoreFailures.NotFound(key);
        var wasThere = false;
        RecordRow? record = null;
        var answered = await Waiting.UntilAsync(call, FilterOf(key), wait, async () =>
        {
            call.SetSeq(call.Server.Feed.Head(call.Actor.WorkspaceId));
            record = await finder.FindAsync(key, call.Aborted);
            if (record is null)
            {
                // A deletion ends the wait, also if it was faster than the first look: then the caller knows of an
                // earlier version. What was never there is waited for.
                wasThere |= afterVersion > 0 && await finder.FindGoneVersionAsync(key, call.Aborted) > afterVersion;
                return wasThere;
            }

            wasThere = true;
            return record.Version > afterVersion;
        });
        if (answered.Failure is { } failure) return failure;
        if (answered.Value || (record is null && wasThere))
            return await AnswerAsync(call, finder, key, record, known, isFull);
        call.SetVersion(record?.Version);
        call.Answer(StatusCodes.Status204NoContent);
        return null;
    }

    static async ValueTask<Failure?> AnswerAsync(
        Call call, RecordFinder finder, RecordKey key, RecordRow? record, long? known, bool isFull)
    {
        if (record is null) return StoreFailures.NotFound(key);
        call.SetVersion(record.Version);
        if (known == record.Version || known == Precondition.AnyVersion)
        {
            call.Answer(StatusCodes.Status304NotModified);
            return null;
        }

        var claim = isFull ? await finder.FindClaimAsync(record, call.Aborted) : null;
        var headers = call.Http.Response.Headers;
        headers["Baton-Updated-By"] = record.UpdatedBy;
        headers["Baton-Updated-At"] = Micros.ToText(record.UpdatedAt);
        if (record.ExpiresAt is { } expires) headers["Baton-Expires-At"] = Micros.ToText(expires);
        // The bytes are the writer's: no browser may guess what else they could be.
        headers.XContentTypeOptions = "nosniff";
        if (isFull) await call.AnswerAsync(200, record.ToRecord() with { Claim = claim?.ToClaim() });
        else await call.AnswerJsonAsync(200, record.Value);
        return null;
    }

    static async ValueTask<Failure?> FollowAsync(Call call, RecordFinder finder, RecordKey key)
    {
        var (cursor, head) = await RecordChanges.ReadCursorAsync(call);
        if (call.Errors.Any) return call.Errors.ToFailure();
        if (cursor > head) return EventsFeature.Ahead(cursor.Value, head);
        if (!IsVisible(call, key)) return StoreFailures.NotFound(key);
        var after = cursor ?? head;
        (long, byte[])? first = null;
        if (cursor is null && await finder.FindAsync(key, call.Aborted) is { } record)
        {
            first = (record.UpdatedSeq, RecordChanges.Serialize(new RecordChange
            {
                Key = key.Key,
                Op = "set",
                Version = record.Version,
                Seq = record.UpdatedSeq,
            }));
            after = record.UpdatedSeq;
        }

        var filter = FilterOf(key);
        return await FeedSource.FollowAsync(
            call, after, filter, first, entry => RecordChanges.Render(call, filter, entry, prefix: ""));
    }

    /// <summary>The record itself, and the clearing of its namespace.</summary>
    static FeedFilter FilterOf(RecordKey key) =>
        FeedFilter.OfEither(key.Resource, RecordSpace.ResourceOf(key.Namespace, ""));

    static bool IsVisible(Call call, RecordKey key) =>
        Access.Filter(call.Actor, call.Actor.WorkspaceId, call.Spec.Action, key.Resource);
}
