using Baton.Server.Platform.Basics.Time;
using Baton.Tests.Harness;

namespace Baton.Tests.Features.Stashes;

/// <summary>What is asked of a stash.</summary>
/// <param name="Verb">`put`, `append`, `replace` or `delete`.</param>
/// <param name="Name">The stash.</param>
/// <param name="Text">Its content, or what is to be replaced.</param>
internal sealed record StashRequest(string Verb, string Name, string Text)
{
    /// <summary>What a text is replaced by.</summary>
    public string New { get; init; } = "";

    public bool All { get; init; }

    public long? Ttl { get; init; }

    public Condition If { get; init; }

    /// <summary>The version that it must have; 0: absent; null: no matter.</summary>
    public long? IfVersion { get; init; }

    public override string ToString()
    {
        var text = Text.Length > 40 ? $"{Text.Length} characters" : Text;
        return $"{Verb} {Name} \"{text}\" new=\"{New}\" all={All} ttl={Ttl} if={If}";
    }
}

/// <summary>What stashes are, as simple as can be: operations on them must be decided in the same way.</summary>
internal sealed class StashModel(long maxBytes, long versions, long workspaceBytes)
{
    readonly SortedDictionary<string, Thing> _all = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, Thing> All => _all;

    /// <summary>Newest content, of those too that have expired and are still there.</summary>
    public long Bytes => _all.Values.Sum(thing => (long)(thing.Content?.Length ?? 0));

    /// <summary>What is due, as `time kind name`: one item for each stash at most.</summary>
    public IEnumerable<string> Due => _all.Where(pair => pair.Value.DueAt is not null)
        .Select(pair => $"{pair.Value.DueAt} {pair.Value.DueKind} {pair.Key}");

    public long VersionOf(string name, long now) => Live(name, now)?.Version ?? 0;

    /// <summary>What is answered and recorded.</summary>
    public string Apply(StashRequest request, long now)
    {
        var live = Live(request.Name, now);
        if (request.IfVersion is { } wanted && wanted != (live?.Version ?? 0))
            return $"version.mismatch {live?.Version ?? 0}";
        return request.Verb switch
        {
            "put" => Write(request, request.Text, request.Ttl is { } ttl ? now + (ttl * 1_000_000) : null, now),
            "append" => Write(request, live?.Content + request.Text, live?.ExpiresAt, now),
            "replace" => Replace(request, live, now),
            _ when live is null => "stash.not_found",
            _ => "ok " + End(request.Name, live, "stash.delete", now),
        };
    }

    /// <summary>Does what is due at a time; the entry that it records, or nothing.</summary>
    public string Happen(string name, long now)
    {
        var thing = _all[name];
        Assert.True(thing.DueAt <= now);
        if (thing.Content is not null) return "ok; " + End(name, thing, "stash.expire", now).Split("; ")[1];
        _all.Remove(name);
        return "ok";
    }

    string Replace(StashRequest request, Thing? live, long now)
    {
        if (live is null) return "stash.not_found";
        var first = live.Content!.IndexOf(request.Text, StringComparison.Ordinal);
        if (first < 0) return "stash.text_not_found";
        if (request.All)
            return Write(
                request, live.Content.Replace(request.Text, request.New, StringComparison.Ordinal), live.ExpiresAt,
                now);
        return live.Content.IndexOf(request.Text, first + 1, StringComparison.Ordinal) >= 0
            ? "stash.text_ambiguous"
            : Write(
                request, live.Content.Remove(first, request.Text.Length).Insert(first, request.New), live.ExpiresAt,
                now);
    }

    string Write(StashRequest request, string content, long? expiresAt, long now)
    {
        var (present, live) = (_all.GetValueOrDefault(request.Name), Live(request.Name, now));
        if (content.Length > maxBytes) return "stash.too_large";
        if (Bytes - (present?.Content?.Length ?? 0) + content.Length > workspaceBytes
            && content.Length > (live?.Content!.Length ?? 0)) return "workspace.full";
        var version = (present?.Version ?? 0) + 1;
        _all[request.Name] = new Thing(version, content, expiresAt, DeletedAt: 0)
        {
            Kept = [content, .. (live?.Kept ?? []).Take((int)versions - 1)],
        };
        return $"{(live is null ? "created" : "ok")} {version}; stash.{request.Verb} stash:{request.Name} {version}";
    }

    string End(string name, Thing thing, string action, long now)
    {
        var version = thing.Version + 1;
        _all[name] = new Thing(version, Content: null, ExpiresAt: null, now);
        return $"{version}; {action} stash:{name} {version}";
    }

    Thing? Live(string name, long now) =>
        _all.TryGetValue(name, out var thing) && thing.Content is not null && !(thing.ExpiresAt <= now) ? thing : null;

    /// <param name="Version">The newest; of a deletion, too.</param>
    /// <param name="Content">Null: deleted.</param>
    /// <param name="ExpiresAt">Null: never.</param>
    /// <param name="DeletedAt">When it was deleted.</param>
    internal sealed record Thing(long Version, string? Content, long? ExpiresAt, long DeletedAt)
    {
        /// <summary>The contents of the versions that can be read, newest first.</summary>
        public IReadOnlyList<string> Kept { get; init; } = [];

        public long? DueAt => Content is null ? DeletedAt + Life.TombstoneMicros : ExpiresAt;

        public string DueKind => Content is null ? "stash.purge" : "stash.expire";
    }
}
