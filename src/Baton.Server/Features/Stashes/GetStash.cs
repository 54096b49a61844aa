using System.Text.Json;
using Baton.Contracts.Errors;
using Baton.Contracts.Json;
using Baton.Contracts.Stashes;
using Baton.Server.Platform.Access;
using Baton.Server.Platform.Errors;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Lane;

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

    public static ValueTask<Failure?> HandleAsync(Call call, StashFinder finder)
    {
        var name = StashRoutes.ReadName(call);
        if (SseStream.IsWanted(call.Http.Request)) return FollowAsync(call, finder, name);
        var version = call.Query.Integer("version", minimum: 1, long.MaxValue);
        var afterVersion = call.Query.Integer("after_version", minimum: 0, long.MaxValue);
        var wait = Waiting.Read(call);
        var known = Precondition.ReadKnownVersion(call.Http.Request, call.Errors);
        ResumePoint.CheckAbsent(call);
        if (call.Query.Has("after"))
            call.Errors.Add("query:after", "`after` is for event streams; to wait use `after_version`.");
        if (version is not null && (wait is not null || afterVersion is not null))
            call.Errors.Add(
                "query:version", "`version` reads what is there; it does not go with `wait` or `after_version`.");
        if (afterVersion is not null && wait is null)
            call.Errors.Add("query:after_version", "`after_version` goes with `wait`.");
        if (call.Errors.Any) return new(call.Errors.ToFailure());
        return wait is { } time
            ? WaitAsync(call, finder, name, afterVersion ?? 0, time, known)
            : ReadAsync(call, finder, name, version, known);
    }

    static async ValueTask<Failure?> ReadAsync(Call call, StashFinder finder, string name, long? version, long? known)
    {
        // Before the rows: they are at least as new as this commit.
        call.SetSeq(call.Server.Feed.Head(call.Actor.WorkspaceId));
        if (!IsVisible(call, name)) return StashFailures.NotFound(name);
        if (await finder.ReadAsync(call.Actor.WorkspaceId, name, call.Aborted) is not var (stash, content))
            return StashFailures.NotFound(name);
        if (version is { } wanted && wanted != stash.Version)
        {
            var older = await finder.ReadVersionAsync(stash, wanted, call.Aborted);
            if (older is null) return StashFailures.VersionNotFound(name, wanted);
            content = older;
        }

        return await AnswerAsync(call, stash, content, known);
    }

    static async ValueTask<Failure?> WaitAsync(
        Call call, StashFinder finder, string name, long afterVersion, TimeSpan wait, long? known)
    {
        if (!IsVisible(call, name)) return StashFailures.NotFound(name);
        var wasThere = false;
        StashRow? stash = null;
        var answered = await Waiting.UntilAsync(call, FeedFilter.Of(Stash.ResourceOf(name)), wait, async () =>
        {
            call.SetSeq(call.Server.Feed.Head(call.Actor.WorkspaceId));
            stash = await finder.FindAsync(call.Actor.WorkspaceId, name, call.Aborted);
            if (stash is null)
            {
                // A deletion ends the wait, also if it was faster than the first look: then the caller knows of an
                // earlier version. What was never there is waited for.
                wasThere |= afterVersion > 0
                    && await finder.FindGoneVersionAsync(call.Actor.WorkspaceId, name, call.Aborted) > afterVersion;
                return wasThere;
            }

            wasThere = true;
            return stash.Version > afterVersion;
        });
        if (answered.Failure is { } failure) return failure;
        if (stash is null && wasThere) return StashFailures.NotFound(name);
        if (!answered.Value)
        {
            call.SetVersion(stash?.Version);
            call.Answer(StatusCodes.Status204NoContent);
            return null;
        }

        return await ReadAsync(call, finder, name, version: null, known);
    }

    static async ValueTask<Failure?> AnswerAsync(Call call, StashRow stash, StashVersionRow content, long? known)
    {
        call.SetVersion(content.Version);
        var response = call.Http.Response;
        if (known == content.Version || known == Precondition.AnyVersion)
        {
            call.Answer(StatusCodes.Status304NotModified);
            return null;
        }

        var headers = response.Headers;
        headers["Baton-Updated-By"] = content.UpdatedBy;
        headers["Baton-Updated-At"] = Micros.ToText(content.UpdatedAt);
        if (stash.ExpiresAt is { } expires) headers["Baton-Expires-At"] = Micros.ToText(expires);
        // The bytes are the writer's: no browser may take them for a page of this origin.
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox";
        response.ContentType = content.ContentType;
        response.ContentLength = content.Content.Length;
        if (!HttpMethods.IsHead(call.Http.Request.Method))
            await response.Body.WriteAsync(content.Content, call.Aborted);
        return null;
    }

    static async ValueTask<Failure?> FollowAsync(Call call, StashFinder finder, string name)
    {
        var head = await call.Server.Feed.RefreshAsync(call.Actor.WorkspaceId, call.Aborted);
        var cursor = EventsFeature.ReadAfter(call, ResumePoint.Read(call, isStream: true), head);
        if (call.Errors.Any) return call.Errors.ToFailure();
        var after = cursor ?? head;
        if (after > head) return EventsFeature.Ahead(after, head);
        if (!IsVisible(call, name)) return StashFailures.NotFound(name);
        (long, byte[])? first = null;
        if (cursor is null && await finder.FindAsync(call.Actor.WorkspaceId, name, call.Aborted) is { } stash)
        {
            first = (stash.UpdatedSeq, Serialize(ToChange(stash)));
            after = stash.UpdatedSeq;
        }

        var filter = FeedFilter.Of(Stash.ResourceOf(name));
        return await FeedSource.FollowAsync(call, after, filter, first, entry => Render(filter, entry, name));
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

    static bool IsVisible(Call call, string name) =>
        Access.Filter(call.Actor, call.Actor.WorkspaceId, call.Spec.Action, Stash.ResourceOf(name));

}
