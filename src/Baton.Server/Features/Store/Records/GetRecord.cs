using Baton.Contracts.Errors;
using Baton.Contracts.Store;
using Baton.Server.Features.Store.Claims;
using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Http.Parameters;
using Baton.Server.Platform.Http.Specs;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Following;
using Baton.Server.Platform.Reading.Waits;

namespace Baton.Server.Features.Store.Records;

/// <summary>Reads a record, waits for it, or follows it.</summary>
internal static class GetRecord
{
    public static RouteSpec SpecOf(RecordSpace space) => new(
        space.Action("read"), "Reads a record: its JSON value, byte for byte.")
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
            WaitParameter.Spec,
            new("after", "string", "For event streams: the seq after which to begin, or `now`.")
            {
                Pattern = FeedPlace.Pattern,
            },
            FeedPlace.LastEventIdInQuery,
        ],
        Headers =
        [
            new("If-None-Match", "string", "The version that the caller has: 304 if it is the newest.")
            {
                Pattern = Precondition.KnownPattern,
            },
            FeedPlace.LastEventId,
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

    public static ValueTask<Failure?> HandleAsync(HttpCall call, RecordFinder finder, RecordSpace space)
    {
        var key = RecordAddress.Read(call, space).In(call.Actor.WorkspaceId);
        var action = space.Action("read");
        if (SseStream.IsWanted(call.Http.Request, "application/json")) return StreamAsync(call, finder, action, key);
        var isFull = call.Query.Boolean("full") ?? false;
        var afterVersion = call.Query.Integer("after_version", minimum: 0, long.MaxValue);
        var wait = WaitParameter.Read(call);
        var known = Precondition.ReadKnownVersion(call.Http.Request, call.Errors);
        HandReadResumePoint.CheckAbsent(call);
        if (call.Query.Has("after"))
            call.Errors.Add("query:after", "`after` is for event streams; to wait use `after_version`.");
        if (afterVersion is not null && wait is null)
            call.Errors.Add("query:after_version", "`after_version` goes with `wait`.");
        if (call.Errors.Any) return new(call.Errors.ToFailure());
        var reading = wait is { } time
            ? WaitAsync(call.Caller, finder, action, key, afterVersion ?? 0, time)
            : ReadAsync(call.Caller, finder, action, key);
        return reading.IsCompletedSuccessfully
            ? AnswerAsync(call, finder, reading.Result, known, isFull)
            : AwaitAsync(call, finder, reading, known, isFull);
    }

    public static ValueTask<Outcome<RecordAnswer>> ReadAsync(
        Caller caller, RecordFinder finder, string action, RecordKey key)
    {
        caller.Look();
        if (!caller.MaySee(action, key.Resource)) return new(StoreFailures.NotFound(key));
        var found = finder.FindAsync(key, caller.Aborted);
        return found.IsCompletedSuccessfully ? new(Of(found.Result)) : FindAsync(found);

        async ValueTask<Outcome<RecordAnswer>> FindAsync(ValueTask<RecordRow?> finding) => Of(await finding);

        Outcome<RecordAnswer> Of(RecordRow? row) =>
            row is null ? StoreFailures.NotFound(key) : new RecordAnswer(row, IsOver: false);
    }

    /// <summary>Waits for a version after one that is known; 0: for any.</summary>
    public static async ValueTask<Outcome<RecordAnswer>> WaitAsync(
        Caller caller, RecordFinder finder, string action, RecordKey key, long afterVersion, TimeSpan wait)
    {
        // A record that the caller may not see is waited for like one that does not exist.
        var isVisible = caller.MaySee(action, key.Resource);
        var waited = await VersionedRead.WaitAsync(
            caller, FilterOf(key), afterVersion, wait,
            () => isVisible ? finder.FindAsync(key, caller.Aborted) : default,
            static record => record.Version,
            () => isVisible ? finder.FindGoneVersionAsync(key, caller.Aborted) : default);
        if (waited.Failure is { } failure) return failure;
        if (waited.Value.IsGone) return StoreFailures.NotFound(key);
        return new RecordAnswer(waited.Value.Thing, waited.Value.IsOver);
    }

    /// <summary>Follows the changes after a commit; null: from the record as it is now.</summary>
    public static async ValueTask<Outcome<SseSource>> FollowAsync(
        Caller caller, RecordFinder finder, string action, RecordKey key, long? cursor, long head)
    {
        if (cursor > head) return CursorAhead.Of(cursor.Value, head);
        var after = cursor ?? head;
        (long, byte[])? first = null;
        if (cursor is null && caller.MaySee(action, key.Resource)
            && await finder.FindAsync(key, caller.Aborted) is { } record)
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
        return FeedSource.Of(
            caller, after, filter, first, entry => RecordChanges.Render(caller, action, filter, entry, prefix: ""));
    }

    static async ValueTask<Failure?> StreamAsync(HttpCall call, RecordFinder finder, string action, RecordKey key)
    {
        var (cursor, head) = await FeedPlace.ReadAsync(call);
        if (call.Errors.Any) return call.Errors.ToFailure();
        return await SseStream.FollowAsync(call, await FollowAsync(call.Caller, finder, action, key, cursor, head));
    }

    static async ValueTask<Failure?> AwaitAsync(
        HttpCall call, RecordFinder finder, ValueTask<Outcome<RecordAnswer>> reading, long? known, bool isFull) =>
        await AnswerAsync(call, finder, await reading, known, isFull);

    static async ValueTask<Failure?> AnswerAsync(
        HttpCall call, RecordFinder finder, Outcome<RecordAnswer> found, long? known, bool isFull)
    {
        if (found.Failure is { } failure) return failure;
        var record = found.Value.Record;
        call.SetVersion(record?.Version);
        if (found.Value.IsOver)
        {
            call.Answer(StatusCodes.Status204NoContent);
            return null;
        }

        if (known == record!.Version || known == Precondition.AnyVersion)
        {
            call.Answer(StatusCodes.Status304NotModified);
            return null;
        }

        var claim = isFull ? await finder.FindClaimAsync(record, call.Aborted) : null;
        var headers = call.Http.Response.Headers;
        headers["Baton-Updated-By"] = record.UpdatedBy;
        headers["Baton-Updated-At"] = Micros.ToText(record.UpdatedAt);
        if (record.ExpiresAt is { } expires) headers["Baton-Expires-At"] = Micros.ToText(expires);
        // The bytes come from the writer, so no browser may guess another type.
        headers.XContentTypeOptions = "nosniff";
        if (isFull) await call.AnswerAsync(200, record.ToRecord() with { Claim = claim?.ToClaim() });
        else await call.AnswerJsonAsync(200, record.Value);
        return null;
    }

    /// <summary>The filter for the record itself, and for the clearing of its namespace.</summary>
    static FeedFilter FilterOf(RecordKey key) =>
        FeedFilter.OfEither(key.Resource, RecordSpace.ResourceOf(key.Namespace, ""));
}

/// <summary>What a read of a record found.</summary>
/// <param name="Record">The record; null: it is not there, and was waited for.</param>
/// <param name="IsOver">The time of a wait is over, and there is no newer version.</param>
internal readonly record struct RecordAnswer(RecordRow? Record, bool IsOver);
