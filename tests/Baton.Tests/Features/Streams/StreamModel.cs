using Baton.Server.Features.Streams;
using Baton.Tests.Harness;

namespace Baton.Tests.Features.Streams;

/// <summary>What is asked of a stream.</summary>
/// <param name="Verb">`create`, `append`, `extend`, `delete`, `set_cursor` or `remove_cursor`.</param>
/// <param name="Name">The stream.</param>
internal sealed record StreamRequest(string Verb, string Name)
{
    public long? Ttl { get; init; }

    public long? Max { get; init; }

    public bool IsPruning { get; init; }

    public long? Retention { get; init; }

    public bool Renews { get; init; }

    public bool CreatesIfMissing { get; init; }

    /// <summary>Entries to append; of a cursor its place.</summary>
    public int Count { get; init; }

    /// <summary>Bytes of the data of each entry.</summary>
    public int Size { get; init; }

    public string Consumer { get; init; } = "";

    public Condition If { get; init; }

    /// <summary>The version that it must have; 0: absent; null: no matter.</summary>
    public long? IfVersion { get; init; }

    /// <summary>Of a cursor: the stream that has the name when it is asked for.</summary>
    public string StreamId { get; init; } = "";

    public override string ToString() =>
        $"{Verb} {Name} ttl={Ttl} max={Max} prune={IsPruning} retention={Retention} renew={Renews} "
        + $"if_missing={CreatesIfMissing} count={Count} size={Size} consumer={Consumer} if={If}";
}

/// <summary>What streams are, as simple as can be: operations on them must be decided in the same way.</summary>
internal sealed class StreamModel(long workspaceBytes)
{
    const long Second = 1_000_000;

    readonly SortedDictionary<string, Log> _all = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> _names = [];

    public IReadOnlyDictionary<string, Log> All => _all;

    /// <summary>Which stream has a name.</summary>
    public IReadOnlyDictionary<string, string> Names => _names;

    public long Bytes => _all.Values.Sum(
        log => log.Stored.Sum(entry => (long)entry.Size + StreamOptions.EntryOverheadBytes));

    public IEnumerable<string> Due => _all.Values.SelectMany(log => new[]
    {
        (log.ExpiresAt, "stream.expire"), (log.RetainAt, "stream.retention"), (log.EraseAt, "stream.erase"),
    }.Where(item => item.Item1 is not null).Select(item => $"{item.Item1} {item.Item2} {log.Id}"));

    public long VersionOf(string name, long now) => Live(name, now)?.Version ?? 0;

    /// <summary>What is answered and recorded.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="newId">The id that a created stream got.</param>
    /// <param name="now">The time.</param>
    public string Apply(StreamRequest request, string? newId, long now)
    {
        var live = Live(request.Name, now);
        if (request.Verb == "create") return Create(request, live, newId!, now);
        if (request.Verb is "set_cursor" or "remove_cursor") return Move(request, now);
        if (request.IfVersion is { } wanted && wanted != (live?.Version ?? 0))
            return $"version.mismatch {live?.Version ?? 0}";
        if (live is null) return "stream.not_found";
        if (request.Verb == "append") return Append(request, live, now);
        if (request.Verb == "delete") return $"ok {live.Version + 1}; {End(live, "stream.delete", now)}";
        if (live.ExpiresAt is null) return "stream.never_expires";
        var next = _all[live.Id] = live with
        {
            ExpiresAt = live.ExpiresAt + (request.Count * Second),
            Version = live.Version + 1,
        };
        return $"ok {next.Version}; stream.extend stream:{live.Id} {next.Version}";
    }

    /// <summary>Does what is due; what it records.</summary>
    public string Happen(string kind, string id, long now)
    {
        var log = _all[id];
        switch (kind)
        {
            case "stream.expire":
                Assert.True(log.ExpiresAt <= now);
                return "ok; " + End(log, kind, now);
            case "stream.retention":
                Assert.True(log.RetainAt <= now);
                var (kept, entry) = Retain(log, now);
                _all[id] = kept with
                {
                    RetainAt = kept.First <= kept.Last ? RetainAt(kept, kept.At(kept.First), now) : null,
                };
                return entry is null ? "ok" : $"ok; {entry}";
            default:
                Assert.True(log.EraseAt <= now);
                var left = log.Stored.Where(stored => stored.Id >= log.First).ToList();
                if (log.DeletedAt is not null) _all.Remove(id);
                else _all[id] = log with { Stored = left, EraseAt = null };
                return "ok";
        }
    }

    string Create(StreamRequest request, Log? present, string newId, long now)
    {
        if (present is not null) return request.CreatesIfMissing ? $"ok {present.Version}" : "stream.exists";
        _all.Add(newId, new Log(newId, request.Name, Version: 1)
        {
            Settings = request,
            ExpiresAt = now + (request.Ttl * Second),
        });
        _names[request.Name] = newId;
        return $"created 1; stream.create stream:{newId} 1";
    }

    string Append(StreamRequest request, Log live, long now)
    {
        var added = request.Count * ((long)request.Size + StreamOptions.EntryOverheadBytes);
        if (Bytes + added > workspaceBytes) return "workspace.full";
        var (log, last, entries) = (live, live.Last + request.Count, new List<string>());
        var max = log.Settings.Max ?? long.MaxValue;
        if (!log.Settings.IsPruning && last - log.First + 1 > max)
        {
            // Those whose time is over make room.
            (log, var retained) = Retain(log, now);
            if (retained is not null) entries.Add(retained);
        }

        if (request.Count > max || (!log.Settings.IsPruning && last - log.First + 1 > max)) return "stream.full";
        log = log with
        {
            Version = log.Version + 1,
            Stored =
            [
                .. log.Stored,
                .. Enumerable.Range(1, request.Count).Select(number => (log.Last + number, now, request.Size)),
            ],
        };
        entries.Add($"stream.append stream:{log.Id} {log.Version}");
        if (last - log.First + 1 > max) log = Hide(log, last - max + 1, now);
        if (log is { Settings.Retention: not null, RetainAt: null })
            log = log with { RetainAt = RetainAt(log, now, now) };
        var ttl = log.Settings.Ttl * Second;
        if (log.Settings.Renews && log.ExpiresAt - ttl + (ttl / StreamOptions.RenewalsPerTtl) <= now)
            log = log with { ExpiresAt = Math.Max(log.ExpiresAt!.Value, now + ttl!.Value) };
        _all[log.Id] = log;
        return $"created {log.Version}; {string.Join("; ", entries)}";
    }

    string Move(StreamRequest request, long now)
    {
        if (!_all.TryGetValue(request.StreamId, out var log) || !log.IsLive(now)) return "stream.not_found";
        var cursors = new Dictionary<string, long>(log.Cursors);
        if (request.Verb == "set_cursor")
        {
            if (request.Count > log.Last) return "cursor.ahead";
            cursors[request.Consumer] = request.Count;
        }
        else if (!cursors.Remove(request.Consumer))
        {
            return "stream.consumer_not_found";
        }

        _all[log.Id] = log with { Cursors = cursors };
        return "ok";
    }

    string End(Log log, string action, long now)
    {
        var ended = _all[log.Id] = log with
        {
            Version = log.Version + 1,
            ExpiresAt = null,
            DeletedAt = now,
            First = log.Last + 1,
            RetainAt = null,
            EraseAt = now,
        };
        if (_names.GetValueOrDefault(log.Name) == log.Id) _names.Remove(log.Name);
        return $"{action} stream:{log.Id} {ended.Version}";
    }

    /// <summary>Without those whose time is over; and the entry of that, if there are any.</summary>
    static (Log Log, string? Entry) Retain(Log log, long now)
    {
        var first = log.First;
        while (first <= log.Last && log.At(first) + (log.Settings.Retention * Second) <= now) first++;
        if (first == log.First) return (log, null);
        var next = Hide(log with { Version = log.Version + 1 }, first, now);
        return (next, $"stream.retention stream:{log.Id} {next.Version}");
    }

    static Log Hide(Log log, long first, long now) => log with
    {
        First = first,
        EraseAt = Math.Min(log.EraseAt ?? long.MaxValue, now + (StreamOptions.EraseDelaySeconds * Second)),
    };

    /// <summary>When the oldest entry's time is over; not sooner than a twentieth of it from now.</summary>
    static long RetainAt(Log log, long oldestAt, long now)
    {
        var retention = log.Settings.Retention!.Value * Second;
        return Math.Max(oldestAt + retention, now + Math.Clamp(retention / 20, Second, 600 * Second));
    }

    Log? Live(string name, long now) =>
        _names.TryGetValue(name, out var id) && _all[id].IsLive(now) ? _all[id] : null;

    /// <summary>A stream.</summary>
    internal sealed record Log(string Id, string Name, long Version)
    {
        public required StreamRequest Settings { get; init; }

        public long? ExpiresAt { get; init; }

        public long? DeletedAt { get; init; }

        public long? RetainAt { get; init; }

        public long? EraseAt { get; init; }

        /// <summary>The oldest entry that is not hidden; the next one where there is none.</summary>
        public long First { get; init; } = 1;

        /// <summary>Entries, with those that are hidden and not yet erased.</summary>
        public IReadOnlyList<(long Id, long At, int Size)> Stored { get; init; } = [];

        public IReadOnlyDictionary<string, long> Cursors { get; init; } = new Dictionary<string, long>();

        public long Last => Stored.Count > 0 ? Stored[^1].Id : First - 1;

        public long At(long id) => Stored.First(entry => entry.Id == id).At;

        public bool IsLive(long now) => DeletedAt is null && !(ExpiresAt <= now);
    }
}
