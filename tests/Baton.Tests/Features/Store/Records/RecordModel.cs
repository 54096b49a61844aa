using System.Text.Json.Nodes;
using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Features.Store.Records.Lifetimes;
using Baton.Server.Platform.Basics.Time;
using Baton.Tests.Harness;

namespace Baton.Tests.Features.Store.Records;

/// <summary>What is asked of a record, or, with no key, of its namespace.</summary>
/// <param name="Verb">`set`, `increment`, `merge`, `delete`, `clear` or `set_many`.</param>
/// <param name="Namespace">The namespace of what it is about.</param>
/// <param name="Key">The key.</param>
internal sealed record RecordRequest(string Verb, string Namespace, string Key)
{
    /// <summary>A JSON value to be set or merged; of an increment the number.</summary>
    public string Json { get; init; } = "";

    /// <summary>Of a change: what an absent record begins as; null for nothing.</summary>
    public string? Init { get; init; }

    public long? Metadata { get; init; }

    public long? Ttl { get; init; }

    /// <summary>The version that it must have; 0: absent; null: no matter.</summary>
    public long? IfVersion { get; init; }

    /// <summary>Of many: the other keys, which are set to the same, or deleted.</summary>
    public IReadOnlyList<(string Key, bool IsDeleted)> More { get; init; } = [];

    public Condition If { get; init; }

    public override string ToString()
    {
        var json = Json.Length > 40 ? $"{Json.Length} bytes" : Json;
        var more = string.Join(' ', More);
        return $"{Verb} {Namespace}/{Key} {json} {more} init={Init} metadata={Metadata} ttl={Ttl} if={If}";
    }
}

/// <summary>What records are, as simple as can be: operations on them must be decided in the same way.</summary>
internal sealed class RecordModel(long maxBytes, long workspaceBytes)
{
    SortedDictionary<(string Namespace, string Key), Thing> _all = [];
    SortedSet<(long At, string Kind, string Resource)> _due = [];
    Dictionary<string, long> _clearedAt = [];

    public IReadOnlyDictionary<(string Namespace, string Key), Thing> All => _all;

    public IEnumerable<string> Due => _due.Select(item => $"{item.At} {item.Kind} {item.Resource}");

    public long Bytes => _all.Values.Where(thing => thing.IsCounted).Sum(thing => thing.Held);

    public long VersionOf(string @namespace, string key, long now) => Live((@namespace, key), now)?.Version ?? 0;

    /// <summary>What is answered and recorded. Of what fails nothing has changed.</summary>
    public string Apply(RecordRequest request, long now)
    {
        var (all, due, cleared) = (_all, _due, _clearedAt);
        (_all, _due, _clearedAt) = (new(all), [.. due], new(cleared));
        var told = Decide(request, now);
        if (!told.StartsWith("ok", StringComparison.Ordinal) && !told.StartsWith("created", StringComparison.Ordinal))
            (_all, _due, _clearedAt) = (all, due, cleared);
        return told;
    }

    /// <summary>Does what is due; what it records.</summary>
    public string Happen(long dueAt, string kind, string resource, long now)
    {
        Assert.True(_due.Remove((dueAt, kind, resource)));
        Assert.True(dueAt <= now);
        var id = (Namespace: resource.Split('\n')[0], Key: resource.Split('\n')[1]);
        var thing = _all.GetValueOrDefault(id);
        switch (kind)
        {
            case EraseCleared.Kind:
                foreach (var (hidden, row) in _all.Where(pair => pair.Key.Namespace == id.Namespace).ToList())
                {
                    if (!row.IsCleared) continue;
                    Put(hidden, new Thing(hidden.Key, row.LastVersion, Json: null)
                    {
                        DeletedAt = _clearedAt[id.Namespace],
                    });
                }

                return "ok";
            case ExpireRecord.Kind when thing is { IsCounted: true }:
                return "ok; " + End(id, thing, "store.expire", now);
            case PurgeRecord.Kind:
                _all.Remove(id);
                return "ok";
            default:
                return "ok";
        }
    }

    string Decide(RecordRequest request, long now)
    {
        var id = (request.Namespace, request.Key);
        if (request.Verb == "clear") return Clear(request.Namespace, now);
        if (request.Verb == "set_many") return SetMany(request, now);
        var live = Live(id, now);
        if (request.IfVersion is { } wanted && wanted != (live?.Version ?? 0))
            return $"version.mismatch {live?.Version ?? 0}";
        if (request.Verb == "delete")
            return live is null ? "store.not_found" : $"ok {live.Version + 1}; {End(id, live, "store.delete", now)}";
        var json = request.Json;
        if (request.Verb != "set")
        {
            if ((live?.Json ?? request.Init) is not { } present) return "store.not_found";
            if (Change(request, JsonNode.Parse(present)!) is not { } changed) return "store.type_mismatch";
            json = changed.ToJsonString();
        }

        if (json.Length > maxBytes) return "store.too_large";
        var action = request.Verb == "set" ? "store.set" : "store.patch";
        if (Write(id, request, json, action, request.Verb != "set", now) is not { } written) return "workspace.full";
        return $"{(live is null ? "created" : "ok")} {_all[id].Version}; {written}";
    }

    static JsonObject? Change(RecordRequest request, JsonNode present)
    {
        if (request.Verb == "merge")
        {
            var merged = present as JsonObject ?? [];
            foreach (var (name, value) in JsonNode.Parse(request.Json)!.AsObject()) merged[name] = value!.DeepClone();
            return merged;
        }

        if (present is not JsonObject target) return null;
        var by = long.Parse(request.Json, System.Globalization.CultureInfo.InvariantCulture);
        target["n"] = (target["n"]?.GetValue<long>() ?? 0) + by;
        return target;
    }

    string SetMany(RecordRequest request, long now)
    {
        var entries = new List<string>();
        foreach (var (key, _) in request.More.Where(item => item.IsDeleted))
        {
            var id = (request.Namespace, key);
            if (Live(id, now) is { } live) entries.Add(End(id, live, "store.delete", now));
        }

        foreach (var (key, _) in request.More.Where(item => !item.IsDeleted))
        {
            var entry = Write((request.Namespace, key), request, request.Json, "store.set", keepsExpiry: false, now);
            if (entry is null) return "workspace.full";
            entries.Add(entry);
        }

        return string.Join("; ", entries.Prepend("ok"));
    }

    string Clear(string @namespace, long now)
    {
        var counted = _all.Where(pair => pair.Key.Namespace == @namespace && pair.Value.IsCounted).ToList();
        foreach (var (id, thing) in counted) _all[id] = thing with { IsCleared = true };
        if (counted.Count > 0)
        {
            _clearedAt[@namespace] = now;
            _due.Add((now, EraseCleared.Kind, @namespace + "\n"));
        }

        return $"ok; store.clear store:{@namespace}/ ";
    }

    /// <summary>The entry; null where there is no room.</summary>
    string? Write(
        (string Namespace, string Key) id, RecordRequest request, string json, string action, bool keepsExpiry,
        long now)
    {
        var (present, live) = (_all.GetValueOrDefault(id), Live(id, now));
        var thing = new Thing(id.Key, (present?.LastVersion ?? 0) + 1, json)
        {
            Metadata = request.Metadata is { } number ? $$"""{"m":{{number}}}""" : live?.Metadata,
            ExpiresAt = keepsExpiry ? live?.ExpiresAt : now + (request.Ttl * 1_000_000),
        };
        Put(id, thing);
        if (Bytes > workspaceBytes && thing.Held > (live?.Held ?? 0)) return null;
        return $"{action} store:{id.Namespace}/{id.Key} {thing.Version}";
    }

    string End((string Namespace, string Key) id, Thing thing, string action, long now)
    {
        Put(id, new Thing(id.Key, thing.Version + 1, Json: null) { DeletedAt = now });
        return $"{action} store:{id.Namespace}/{id.Key} {thing.Version + 1}";
    }

    /// <summary>There is one item for each record at most: what was due before is so no more.</summary>
    void Put((string Namespace, string Key) id, Thing thing)
    {
        var resource = $"{id.Namespace}\n{id.Key}";
        _due.RemoveWhere(item => item.Resource == resource && item.Kind != EraseCleared.Kind);
        _all[id] = thing;
        if (thing.DeletedAt is { } deleted) _due.Add((deleted + Life.TombstoneMicros, PurgeRecord.Kind, resource));
        else if (thing.ExpiresAt is { } expires) _due.Add((expires, ExpireRecord.Kind, resource));
    }

    Thing? Live((string Namespace, string Key) id, long now) =>
        _all.TryGetValue(id, out var thing) && thing.IsCounted && !(thing.ExpiresAt <= now) ? thing : null;

    /// <param name="Key">The key.</param>
    /// <param name="Version">The newest; of a deletion, too.</param>
    /// <param name="Json">The value; null: deleted.</param>
    internal sealed record Thing(string Key, long Version, string? Json)
    {
        public string? Metadata { get; init; }

        public long? ExpiresAt { get; init; }

        public long? DeletedAt { get; init; }

        /// <summary>Cleared with its namespace, and still there.</summary>
        public bool IsCleared { get; init; }

        public bool IsCounted => Json is not null && !IsCleared;

        public long LastVersion => IsCleared ? Version + 1 : Version;

        public long Held => (Json?.Length ?? 0) + (Metadata?.Length ?? 0) + Key.Length;
    }
}
