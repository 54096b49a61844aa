using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Features.Store.Records.Lifetimes;
using Baton.Server.Platform.Basics.Time;

namespace Baton.Tests.Features.Store.Claims;

/// <summary>What is asked of the records of one namespace, and of who holds them.</summary>
/// <param name="Verb">`set`, `patch`, `delete`, `clear`, `claim`, `renew`, `complete` or `release`.</param>
/// <param name="Key">The record.</param>
internal sealed record ClaimAsked(string Verb, string Key)
{
    /// <summary>The value's `s`, or what it becomes; null: it stays as it is.</summary>
    public string? Text { get; init; }

    public int Number { get; init; }

    /// <summary>The value has white space, which only an exact undo gives back.</summary>
    public bool IsSpaced { get; init; }

    public long? Ttl { get; init; }

    /// <summary>Of a claim: only records with this `s`; null: all.</summary>
    public string? Match { get; init; }

    public int Limit { get; init; } = 1;

    public long Lease { get; init; }

    /// <summary>Which of the claims so far, from the newest.</summary>
    public int Nth { get; init; }

    /// <summary>Filled in when it is known.</summary>
    public string ClaimId { get; init; } = "";

    /// <summary>The record in which a completed claim counts; null: none.</summary>
    public string? Counter { get; init; }

    public override string ToString() =>
        $"{Verb} {Key} s={Text} n={Number} spaced={IsSpaced} ttl={Ttl} match={Match} limit={Limit} lease={Lease} "
        + $"nth={Nth} counter={Counter}";
}

/// <summary>What claims are, as simple as can be: operations on them must be decided in the same way.</summary>
internal sealed class ClaimModel
{
    /// <summary>Every operation answers this where a claim is over.</summary>
    public const string Lost = "store.lease_lost";

    SortedDictionary<string, Thing> _all = new(StringComparer.Ordinal);
    Dictionary<string, Claim> _claims = [];
    readonly HashSet<string> _built = [];
    long _clearedAt;

    // Counts what was written: it orders records by their creation, and tells whether one was touched.
    long _writes;

    public IReadOnlyDictionary<string, Thing> All => _all;

    public IReadOnlyDictionary<string, Claim> Claims => _claims;

    /// <summary>What can be claimed by a match, oldest first, with what has expired and is still there.</summary>
    public IEnumerable<string> Claimable(string? match) => _all
        .Where(pair => pair.Value is { IsCounted: true, ClaimId: null } thing
            && (match is null || thing.Value!.S == match))
        .OrderBy(pair => pair.Value.Created).Select(pair => pair.Key);

    /// <summary>From now on claims of a match find what there is.</summary>
    public void Build(string? match) => _built.Add(match ?? "");

    /// <summary>What is answered and recorded. Of what fails nothing has changed.</summary>
    /// <param name="asked">What is asked for.</param>
    /// <param name="ids">Of a claim: the ids that it got.</param>
    /// <param name="now">The time.</param>
    public string Apply(ClaimAsked asked, IReadOnlyList<string> ids, long now)
    {
        var (all, claims) = (_all, _claims);
        (_all, _claims) = (new(all, StringComparer.Ordinal), new(claims));
        var told = Decide(asked, ids, now);
        if (!told.StartsWith("ok", StringComparison.Ordinal) && !told.StartsWith("created", StringComparison.Ordinal))
            (_all, _claims) = (all, claims);
        return told;
    }

    /// <summary>Does what is due; what it records.</summary>
    public string Happen(long dueAt, string kind, string resource, long now)
    {
        var key = resource[(resource.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        switch (kind)
        {
            case "store.lease_expired":
                return Held(resource, now) is { } held ? $"ok; {GiveBack(held, kind, now)}" : Forgotten(resource);
            case EraseCleared.Kind:
                foreach (var (name, thing) in _all.Where(pair => pair.Value.IsCleared).ToList())
                    _all[name] = new Thing(thing.LastVersion, Value: null) { DeletedAt = _clearedAt };
                break;
            case ExpireRecord.Kind when _all[key] is { IsCounted: true } thing && thing.ExpiresAt == dueAt:
                return "ok; " + End(key, thing, kind, now);
            case PurgeRecord.Kind:
                Assert.Equal(dueAt, _all[key].DeletedAt + Life.TombstoneMicros);
                _all.Remove(key);
                if (_all.Count == 0) _built.Clear();
                break;
        }

        return "ok";
    }

    string Decide(ClaimAsked asked, IReadOnlyList<string> ids, long now)
    {
        var live = Live(asked.Key, now);
        switch (asked.Verb)
        {
            case "set":
                var value = new Value(asked.Text!, asked.Number, asked.IsSpaced);
                var set = Write(asked.Key, value, "store.set", now, live?.ClaimId, now + (asked.Ttl * 1_000_000));
                return $"{(live is null ? "created" : "ok")} {_all[asked.Key].Version}; {set}";
            case "patch" or "delete" when live is null:
                return "store.not_found";
            case "patch":
                var next = live!.Value!.With(asked.Text, asked.Number);
                var patched = Write(asked.Key, next, "store.patch", now, live.ClaimId, live.ExpiresAt);
                return $"ok {_all[asked.Key].Version}; {patched}";
            case "delete":
                return $"ok {live!.Version + 1}; {End(asked.Key, live, "store.delete", now)}";
            case "clear":
                return Clear(now);
            case "claim":
                return Take(asked, ids, now);
            default:
                return Held(asked.ClaimId, now) is { } held && _claims[asked.ClaimId].LeaseUntil > now
                    ? OfHolder(asked, held, now)
                    : Lost;
        }
    }

    string Clear(long now)
    {
        foreach (var (key, thing) in _all.Where(pair => pair.Value.IsCounted).ToList())
        {
            _all[key] = thing with { IsCleared = true };
            _clearedAt = now;
        }

        return "ok; store.clear store:jobs/ ";
    }

    string Take(ClaimAsked asked, IReadOnlyList<string> ids, long now)
    {
        if (_all.Count == 0) return "store.not_found";
        if (!_built.Contains(asked.Match ?? "")) return "store.index_building";
        var entries = new List<string> { "ok" };
        var places = Claimable(asked.Match).ToList();
        var live = places.FindAll(key => Live(key, now) is not null);
        // It gives all that it wants. Where expired records that are not swept yet stand before them it may give fewer,
        // but always the oldest, and at least one.
        var given = places.Count > live.Count && ids.Count > 0 ? Math.Min(ids.Count, asked.Limit) : asked.Limit;
        foreach (var key in live.Take(given))
        {
            var (before, id) = (_all[key], ids[entries.Count - 1]);
            var value = asked.Text is null ? before.Value! : before.Value!.With(asked.Text, number: null);
            entries.Add(Write(key, value, "store.claim", now, id, before.ExpiresAt));
            _claims.Add(id, new Claim(key, now + (asked.Lease * 1_000_000), _writes, before.Value!, asked.Text));
        }

        return entries.Count == 1 ? "store.not_found" : string.Join("; ", entries);
    }

    string OfHolder(ClaimAsked asked, (string Id, Claim Claim, Thing Record) held, long now)
    {
        var (id, claim, record) = held;
        if (asked.Verb == "renew")
        {
            _claims[id] = claim with { LeaseUntil = now + (asked.Lease * 1_000_000) };
            return "ok";
        }

        if (asked.Verb == "release")
        {
            var back = GiveBack(held, "store.release", now);
            return $"ok {_all[claim.Key].Version}; {back}";
        }

        _claims.Remove(id);
        var value = asked.Text is null ? record.Value! : record.Value!.With(asked.Text, number: null);
        var entries = Write(claim.Key, value, "store.complete", now, claimId: null, record.ExpiresAt);
        if (asked.Counter is { } counter)
        {
            if (Live(counter, now) is not { } counted) return "store.not_found";
            entries += "; " + Write(
                counter, counted.Value!.With(text: null, counted.Value!.N + 1), "store.patch", now, counted.ClaimId,
                counted.ExpiresAt);
        }

        return $"ok {_all[claim.Key].Version}; {entries}";
    }

    /// <summary>What the claim set, and nobody touched since, is as it was before.</summary>
    string GiveBack((string Id, Claim Claim, Thing Record) held, string action, long now)
    {
        var (id, claim, record) = held;
        _claims.Remove(id);
        var value = record.Written == claim.Written ? claim.Before
            : record.Value!.S == claim.Set ? record.Value.With(claim.Before.S, number: null)
            : record.Value;
        return Write(claim.Key, value, action, now, claimId: null, record.ExpiresAt);
    }

    string Forgotten(string id)
    {
        _claims.Remove(id);
        return "ok";
    }

    (string Id, Claim Claim, Thing Record)? Held(string id, long now) =>
        _claims.TryGetValue(id, out var claim) && Live(claim.Key, now) is { } record && record.ClaimId == id
            ? (id, claim, record)
            : null;

    string Write(string key, Value value, string action, long now, string? claimId, long? expiresAt)
    {
        var (present, live) = (_all.GetValueOrDefault(key), Live(key, now));
        _all[key] = new Thing((present?.LastVersion ?? 0) + 1, value)
        {
            Created = live?.Created ?? _writes + 1,
            Written = ++_writes,
            ExpiresAt = expiresAt,
            ClaimId = claimId,
        };
        return $"{action} store:jobs/{key} {_all[key].Version}";
    }

    string End(string key, Thing thing, string action, long now)
    {
        _all[key] = new Thing(thing.Version + 1, Value: null) { DeletedAt = now };
        return $"{action} store:jobs/{key} {thing.Version + 1}";
    }

    Thing? Live(string key, long now) =>
        _all.TryGetValue(key, out var thing) && thing.IsCounted && !(thing.ExpiresAt <= now) ? thing : null;

    /// <summary>Who holds a record.</summary>
    /// <param name="Key">The record.</param>
    /// <param name="LeaseUntil">Until when.</param>
    /// <param name="Written">The write that it was.</param>
    /// <param name="Before">The value before it.</param>
    /// <param name="Set">What it set `s` to; null: nothing.</param>
    internal sealed record Claim(string Key, long LeaseUntil, long Written, Value Before, string? Set);

    /// <summary>A value: `{"s":"new","n":1}`, with white space or without.</summary>
    internal sealed record Value(string S, int N, bool IsSpaced)
    {
        /// <summary>What is changed has its own white space.</summary>
        public Value With(string? text, int? number) => new(text ?? S, number ?? N, IsSpaced: false);

        public string ToJson() => IsSpaced ? $$"""{ "s": "{{S}}", "n": {{N}} }""" : $$"""{"s":"{{S}}","n":{{N}}}""";
    }

    /// <summary>A record.</summary>
    /// <param name="Version">The newest; of a deletion, too.</param>
    /// <param name="Value">Null: deleted.</param>
    internal sealed record Thing(long Version, Value? Value)
    {
        public long Created { get; init; }

        public long Written { get; init; }

        public long? ExpiresAt { get; init; }

        public long? DeletedAt { get; init; }

        /// <summary>Cleared with its namespace, and still there.</summary>
        public bool IsCleared { get; init; }

        public string? ClaimId { get; init; }

        public bool IsCounted => Value is not null && !IsCleared;

        public long LastVersion => IsCleared ? Version + 1 : Version;
    }
}
