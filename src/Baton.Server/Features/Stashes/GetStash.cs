using System.Text.Json;
using Baton.Contracts.Errors;
using Baton.Contracts.Json;
using Baton.Contracts.Stashes;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Following;
using Baton.Server.Platform.Reading.Waits;

namespace Baton.Server.Features.Stashes;

/// <summary>Reads a stash, waits for it, or follows it.</summary>
internal static class GetStash
{
    public const string Action = "stash.read";

    public static ReadSpec SpecOf(StashFinder finder) => new BytesReadSpec<ReadStashRequest>(
        Action, "Reads a stash: its bytes, with their own content type.", answerType: null,
        (caller, request) => ReadAsync(caller, finder, request))
    {
        Description = """
            `wait` holds the request until the stash is there (or, with `after_version`, has a later version); when the
            time is over it answers 204. With `Accept: text/event-stream` the answer is a stream with one event per
            change, whose `id` is the seq; `Last-Event-ID` or `after` resumes it.
            """,
        Role = Role.Reader,
        Resource = (request, _) => Stash.ResourceOf(request.Name),
        CheckIfRead = Check,
        HasVersion = true,
        ContentType = ReadSpec.AnyType,
        Found = "The content.",
        Nothing = "The time is over.",
        Known = "The version that the caller has: 304 if it is the newest.",
        EventType = typeof(StashChange),
        Follow = (caller, request) => FollowAsync(caller, finder, request),
        Errors =
        [
            ErrorCodes.StashNotFound, ErrorCodes.StashVersionNotFound, ErrorCodes.WaitersTooMany,
            ErrorCodes.CursorAhead,
        ],
    };

    static void Check(ReadStashRequest request, InputErrors errors)
    {
        if (request.After is not null)
            errors.Add("/after", "`after` is for event streams; to wait use `after_version`.");
        if (request.Version is not null && (request.Wait ?? request.AfterVersion) is not null)
            errors.Add("/version", "`version` reads what is there; it does not go with `wait` or `after_version`.");
        if (request is { AfterVersion: not null, Wait: null })
            errors.Add("/after_version", "`after_version` goes with `wait`.");
    }

    static ValueTask<Outcome<ReadAnswer>> ReadAsync(Caller caller, StashFinder finder, ReadStashRequest request) =>
        request.Wait is { } seconds
            ? WaitAsync(caller, finder, request.Name, request.AfterVersion ?? 0, TimeSpan.FromSeconds(seconds))
            : ReadAsync(caller, finder, request.Name, request.Version);

    /// <summary>Reads a kept version; null: the newest.</summary>
    static async ValueTask<Outcome<ReadAnswer>> ReadAsync(
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

        return ReadAnswer.OfBytes(content.Content, content.ContentType) with
        {
            Version = content.Version,
            Authorship = new Authorship(content.UpdatedBy, content.UpdatedAt, stash.ExpiresAt, IsAnyType: true),
        };
    }

    /// <summary>Waits for a version after one that is known; 0: for any.</summary>
    static async ValueTask<Outcome<ReadAnswer>> WaitAsync(
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
            ? ReadAnswer.Nothing with { Version = waited.Value.Thing?.Version }
            : await ReadAsync(caller, finder, name, version: null);
    }

    /// <summary>Follows the changes after a commit; without one, from the stash as it is now.</summary>
    static async ValueTask<Outcome<SseSource>> FollowAsync(Caller caller, StashFinder finder, ReadStashRequest request)
    {
        var name = request.Name;
        var place = await SeqPlace.OfAsync(caller, request.After);
        if (place.Failure is { } ahead) return ahead;
        var (cursor, head) = place.Value;
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

    static bool IsVisible(Caller caller, string name) => caller.MaySee(Action, Stash.ResourceOf(name));
}
