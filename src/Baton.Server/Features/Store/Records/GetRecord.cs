using System.Diagnostics.CodeAnalysis;
using Baton.Contracts.Errors;
using Baton.Contracts.Store;
using Baton.Server.Features.Store.Claims;
using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Requests;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Following;
using Baton.Server.Platform.Reading.Waits;

namespace Baton.Server.Features.Store.Records;

/// <summary>Reads a record, waits for it, or follows it.</summary>
internal static class GetRecord
{
    public const string Verb = "read";

    public static ReadSpec SpecOf<
        [DynamicallyAccessedMembers(RequestShape.Reflected)] TRequest>(RecordFinder finder, RecordSpace space)
        where TRequest : RecordReadRequest
    {
        var action = space.Action(Verb);
        return new BytesReadSpec<TRequest>(
            action, "Reads a record: its JSON value, byte for byte.", answerType: null,
            (caller, request) => ReadAsync(caller, finder, action, request))
        {
            Description = """
                `full=true` answers the whole record around it. `wait` holds the request until the record is there (or,
                with `after_version`, has a later version); when the time is over it answers 204. With
                `Accept: text/event-stream` the answer is a stream with one event per change, whose `id` is the seq;
                `Last-Event-ID` or `after` resumes it.
                """,
            Role = Role.Reader,
            Resource = (request, _) => RecordSpace.ResourceOf(RecordSpace.StoredNamespaceOf(request), request.Key),
            CheckIfRead = Check,
            HasVersion = true,
            ContentType = "application/json",
            Found = "The value; with `full=true` a `StoredRecord`.",
            Nothing = "The time is over.",
            Known = "The version that the caller has: 304 if it is the newest.",
            EventType = typeof(RecordChange),
            Follow = (caller, request) => FollowAsync(caller, finder, action, request),
            Errors = [ErrorCodes.StoreNotFound, ErrorCodes.WaitersTooMany, ErrorCodes.CursorAhead],
        };
    }

    static void Check(RecordReadRequest request, InputErrors errors)
    {
        if (request.After is not null)
            errors.Add("/after", "`after` is for event streams; to wait use `after_version`.");
        if (request is { AfterVersion: not null, Wait: null })
            errors.Add("/after_version", "`after_version` goes with `wait`.");
    }

    static RecordKey KeyOf(Caller caller, RecordReadRequest request) =>
        new(caller.WorkspaceId, RecordSpace.StoredNamespaceOf(request), request.Key);

    /// <summary>What is in the row cache is answered at once: most reads are.</summary>
    static ValueTask<Outcome<ReadAnswer>> ReadAsync(
        Caller caller, RecordFinder finder, string action, RecordReadRequest request)
    {
        var key = KeyOf(caller, request);
        if (request.Wait is { } seconds)
            return WaitAsync(caller, finder, action, key, request, TimeSpan.FromSeconds(seconds));
        caller.Look();
        if (!caller.MaySee(action, key.Resource)) return new(StoreFailures.NotFound(key));
        var found = finder.FindAsync(key, caller.Aborted);
        if (request.Full == true || !found.IsCompletedSuccessfully)
            return AwaitAsync(caller, finder, key, found, request);
        return new(found.Result is { } record ? Of(record) : StoreFailures.NotFound(key));
    }

    static async ValueTask<Outcome<ReadAnswer>> AwaitAsync(
        Caller caller, RecordFinder finder, RecordKey key, ValueTask<RecordRow?> found, RecordReadRequest request) =>
        await found is { } record ? await OfAsync(caller, finder, record, request) : StoreFailures.NotFound(key);

    /// <summary>Waits for a version after one that is known; 0: for any.</summary>
    static async ValueTask<Outcome<ReadAnswer>> WaitAsync(
        Caller caller, RecordFinder finder, string action, RecordKey key, RecordReadRequest request, TimeSpan wait)
    {
        // A record that the caller may not see is waited for like one that does not exist.
        var isVisible = caller.MaySee(action, key.Resource);
        var waited = await VersionedRead.WaitAsync(
            caller, FilterOf(key), request.AfterVersion ?? 0, wait,
            () => isVisible ? finder.FindAsync(key, caller.Aborted) : default,
            static record => record.Version,
            () => isVisible ? finder.FindGoneVersionAsync(key, caller.Aborted) : default);
        if (waited.Failure is { } failure) return failure;
        if (waited.Value.IsGone) return StoreFailures.NotFound(key);
        var record = waited.Value.Thing;
        return waited.Value.IsOver
            ? ReadAnswer.Nothing with { Version = record?.Version }
            : await OfAsync(caller, finder, record!, request);
    }

    static async ValueTask<ReadAnswer> OfAsync(
        Caller caller, RecordFinder finder, RecordRow record, RecordReadRequest request)
    {
        if (request.Full != true) return Of(record);
        var claim = await finder.FindClaimAsync(record, caller.Aborted);
        return ReadAnswer.Of(record.ToRecord() with { Claim = claim?.ToClaim() }) with
        {
            Version = record.Version,
            Authorship = AuthorshipOf(record),
        };
    }

    static ReadAnswer Of(RecordRow record) =>
        ReadAnswer.OfJson(record.Value, record.Version, AuthorshipOf(record));

    static Authorship AuthorshipOf(RecordRow record) =>
        new(record.UpdatedBy, record.UpdatedAt, record.ExpiresAt, IsAnyType: false);

    /// <summary>Follows the changes after a commit; without one, from the record as it is now.</summary>
    static async ValueTask<Outcome<SseSource>> FollowAsync(
        Caller caller, RecordFinder finder, string action, RecordReadRequest request)
    {
        var key = KeyOf(caller, request);
        var place = await SeqPlace.OfAsync(caller, request.After);
        if (place.Failure is { } ahead) return ahead;
        var (cursor, head) = place.Value;
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

    /// <summary>The filter for the record itself, and for the clearing of its namespace.</summary>
    static FeedFilter FilterOf(RecordKey key) =>
        FeedFilter.OfEither(key.Resource, RecordSpace.ResourceOf(key.Namespace, ""));
}
