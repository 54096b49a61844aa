using System.Text.Json;
using Baton.Contracts.Errors;
using Baton.Contracts.Json;
using Baton.Contracts.Stashes;
using Baton.Server.Features.Stashes.Versions;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;

namespace Baton.Server.Features.Stashes;

/// <summary>Reads a stash, waits for it, or follows it.</summary>
internal static class GetStash
{
    public static RouteSpec Spec { get; } = new("stash.read", "Reads a stash: its bytes, with their own content type.")
    {
        Description = """
            `wait` holds the request until the stash is there (or, with `after_version`, has a later version); when the
            time is over it answers 204. With `Accept: text/event-stream` the answer is a stream with one event per
            change, whose `id` is the seq; `Last-Event-ID` or `after` resumes it.
            """,
        Role = Role.Reader,
        Resource = StashRoutes.ResourceOf,
        Path = [StashRoutes.Name],
        Query =
        [
            new("version", "integer", "A kept version; the newest by default.") { Minimum = 1 },
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
            new(200, Type: null, "The content.")
            {
                ContentType = "*/*",
                Headers =
                [
                    "Baton-Seq", "ETag", "Baton-Updated-By", "Baton-Updated-At", "X-Content-Type-Options",
                    "Content-Security-Policy",
                ],
                OptionalHeaders = ["Baton-Expires-At"],
            },
            AnswerSpec.Events<StashChange>("The changes as they come."),
            new(204, Type: null, "The time is over.") { Headers = ["Baton-Seq"], OptionalHeaders = ["ETag"] },
            new(304, Type: null, "The caller has the newest version.") { Headers = ["Baton-Seq", "ETag"] },
        ],
        Errors =
        [
            ErrorCodes.StashNotFound, ErrorCodes.StashVersionNotFound, ErrorCodes.WaitersTooMany,
            ErrorCodes.CursorAhead,
        ],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call, StashFinder finder)
    {
        var name = StashRoutes.ReadName(call);
        if (SseStream.IsWanted(call.Http.Request)) return await StreamAsync(call, finder, name);
        var version = call.Query.Integer("version", minimum: 1, long.MaxValue);
        var afterVersion = call.Query.Integer("after_version", minimum: 0, long.MaxValue);
        var wait = WaitParameter.Read(call);
        var known = Precondition.ReadKnownVersion(call.Http.Request, call.Errors);
        ResumePoint.CheckAbsent(call);
        if (call.Query.Has("after"))
            call.Errors.Add("query:after", "`after` is for event streams; to wait use `after_version`.");
        if (version is not null && (wait is not null || afterVersion is not null))
            call.Errors.Add(
                "query:version", "`version` reads what is there; it does not go with `wait` or `after_version`.");
        if (afterVersion is not null && wait is null)
            call.Errors.Add("query:after_version", "`after_version` goes with `wait`.");
        if (call.Errors.Any) return call.Errors.ToFailure();
        var found = wait is { } time
            ? await WaitAsync(call.Caller, finder, name, afterVersion ?? 0, time)
            : await ReadAsync(call.Caller, finder, name, version);
        return found.Failure is { } failure ? failure : await AnswerAsync(call, found.Value!, known);
    }

    /// <summary>Reads a kept version; null: the newest.</summary>
    public static async ValueTask<Outcome<StashAnswer>> ReadAsync(
        Caller caller, StashFinder finder, string name, long? version)
    {
        caller.Look();
        if (!IsVisible(caller, name)) return StashFailures.NotFound(name);
        if (await finder.ReadAsync(caller.WorkspaceId, name, caller.Aborted) is not var (stash, content))
            return StashFailures.NotFound(name);
        if (version is { } wanted && wanted != stash.Version)
        {
            var older = await finder.ReadVersionAsync(stash, wanted, caller.Aborted);
            if (older is null) return StashFailures.VersionNotFound(name, wanted);
            content = older;
        }

        return new StashAnswer(stash, content);
    }

    /// <summary>Waits for a version after one that is known; 0: for any.</summary>
    public static async ValueTask<Outcome<StashAnswer>> WaitAsync(
        Caller caller, StashFinder finder, string name, long afterVersion, TimeSpan wait)
    {
        // A stash that the caller may not see is waited for like one that does not exist.
        var isVisible = IsVisible(caller, name);
        var waited = await VersionedRead.WaitAsync(
            caller, FeedFilter.Of(Stash.ResourceOf(name)), afterVersion, wait,
            () => isVisible ? finder.FindAsync(caller.WorkspaceId, name, caller.Aborted) : default,
            static stash => stash.Version,
            () => isVisible ? finder.FindGoneVersionAsync(caller.WorkspaceId, name, caller.Aborted) : default);
        if (waited.Failure is { } failure) return failure;
        if (waited.Value.IsGone) return StashFailures.NotFound(name);
        return waited.Value.IsOver
            ? new StashAnswer(waited.Value.Thing, Content: null)
            : await ReadAsync(caller, finder, name, version: null);
    }

    /// <summary>Follows the changes after a commit; null: from the stash as it is now.</summary>
    public static async ValueTask<Outcome<SseSource>> FollowAsync(
        Caller caller, StashFinder finder, string name, long? cursor, long head)
    {
        if (cursor > head) return CursorAhead.Of(cursor.Value, head);
        var after = cursor ?? head;
        (long, byte[])? first = null;
        var isVisible = IsVisible(caller, name);
        if (cursor is null && isVisible
            && await finder.FindAsync(caller.WorkspaceId, name, caller.Aborted) is { } stash)
        {
            first = (stash.UpdatedSeq, Serialize(ToChange(stash)));
            after = stash.UpdatedSeq;
        }

        var filter = FeedFilter.Of(Stash.ResourceOf(name));
        return FeedSource.Of(caller, after, filter, first, entry => isVisible ? Render(filter, entry, name) : null);
    }

    static async ValueTask<Failure?> StreamAsync(HttpCall call, StashFinder finder, string name)
    {
        var (cursor, head) = await FeedPlace.ReadAsync(call);
        if (call.Errors.Any) return call.Errors.ToFailure();
        return await SseStream.FollowAsync(call, await FollowAsync(call.Caller, finder, name, cursor, head));
    }

    static async ValueTask<Failure?> AnswerAsync(HttpCall call, StashAnswer found, long? known)
    {
        if (found is not { Stash: { } stash, Content: { } content })
        {
            call.SetVersion(found.Stash?.Version);
            call.Answer(StatusCodes.Status204NoContent);
            return null;
        }

        call.SetVersion(content.Version);
        if (known == content.Version || known == Precondition.AnyVersion)
        {
            call.Answer(StatusCodes.Status304NotModified);
            return null;
        }

        call.ShowSeq();
        var response = call.Http.Response;
        var headers = response.Headers;
        headers["Baton-Updated-By"] = content.UpdatedBy;
        headers["Baton-Updated-At"] = Micros.ToText(content.UpdatedAt);
        if (stash.ExpiresAt is { } expires) headers["Baton-Expires-At"] = Micros.ToText(expires);
        // The bytes come from the writer, so no browser may take them for a page of this origin.
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox";
        response.ContentType = content.ContentType;
        response.ContentLength = content.Content.Length;
        if (!HttpMethods.IsHead(call.Http.Request.Method))
            await response.Body.WriteAsync(content.Content, call.Aborted);
        return null;
    }

    static byte[]? Render(FeedFilter filter, FeedEntry entry, string name)
    {
        if (!filter.Matches(entry.Entry) || entry.Entry.Outcome != "ok") return null;
        var ledger = entry.Entry;
        long? size = null;
        string? contentType = null;
        if (ledger.Detail is { } bytes)
        {
            var detail = JsonElement.Parse(bytes);
            size = detail.TryGetProperty("size", out var sizeValue) ? sizeValue.GetInt64() : null;
            contentType = detail.TryGetProperty("content_type", out var type) ? type.GetString() : null;
        }

        return Serialize(new StashChange
        {
            Name = name,
            Op = ledger.Action["stash.".Length..],
            Version = ledger.Version!.Value,
            Size = size,
            ContentType = contentType,
            UpdatedAt = Micros.ToTime(ledger.At),
            UpdatedBy = ledger.AgentId ?? ledger.KeyId!,
            Seq = ledger.Seq,
        });
    }

    static StashChange ToChange(StashRow stash) => new()
    {
        Name = stash.Name,
        Op = "put",
        Version = stash.Version,
        Size = stash.Size,
        ContentType = stash.ContentType,
        UpdatedAt = Micros.ToTime(stash.UpdatedAt),
        UpdatedBy = stash.UpdatedBy,
        Seq = stash.UpdatedSeq,
    };

    static byte[] Serialize(StashChange change) =>
        JsonSerializer.SerializeToUtf8Bytes(change, BatonJson.Options.GetTypeInfo(typeof(StashChange)));

    static bool IsVisible(Caller caller, string name) => caller.MaySee(Spec.Action, Stash.ResourceOf(name));
}

/// <summary>What a read of a stash found.</summary>
/// <param name="Stash">The stash; null: it is not there, and was waited for.</param>
/// <param name="Content">The version that is the answer; null: the time of a wait is over.</param>
internal sealed record StashAnswer(StashRow? Stash, StashVersionRow? Content);
