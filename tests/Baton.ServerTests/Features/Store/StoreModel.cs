using System.Globalization;
using System.Numerics;
using System.Text;

namespace Baton.ServerTests.Features.Store;

/// <summary>What a namespace store is, in memory and as simple as can be: the server must be the same.</summary>
internal sealed class StoreModel
{
    readonly Dictionary<(string Namespace, string Key), Entry> _entries = [];

    public long Set(string name, string key, string json) => Write(name, key, json);

    /// <summary>The new value; null where there is nothing, or no integer, to be added to.</summary>
    public string? Increment(string name, string key, BigInteger by)
    {
        if (Find(name, key) is not { } entry || !BigInteger.TryParse(entry.Json, CultureInfo.InvariantCulture, out var number)) return null;
        Write(name, key, (number + by).ToString(CultureInfo.InvariantCulture));
        return Find(name, key)!.Json;
    }

    /// <summary>The version of the deletion; null where there is nothing.</summary>
    public long? Delete(string name, string key)
    {
        if (Find(name, key) is not { } entry) return null;
        _entries[(name, key)] = new Entry(entry.Version + 1, Json: null);
        return entry.Version + 1;
    }

    public int Clear(string name)
    {
        var live = Keys(name);
        foreach (var key in live) Delete(name, key);
        return live.Count;
    }

    /// <summary>The live record; null where there is none.</summary>
    public Entry? Find(string name, string key) => _entries.TryGetValue((name, key), out var entry) && entry.Json is not null ? entry : null;

    /// <summary>Live keys, in the order of their bytes.</summary>
    public List<string> Keys(string name) =>
    [
        .. _entries.Where(pair => pair.Key.Namespace == name && pair.Value.Json is not null).Select(pair => pair.Key.Key)
            .Order(Comparer<string>.Create(CompareBytes)),
    ];

    /// <summary>Namespaces with their counts and bytes, in the order of their bytes.</summary>
    public List<(string Namespace, long Records, long Bytes)> Namespaces() =>
    [
        .. _entries.Where(pair => pair.Value.Json is not null).GroupBy(pair => pair.Key.Namespace)
            .OrderBy(group => group.Key, Comparer<string>.Create(CompareBytes))
            .Select(group => (group.Key, (long)group.Count(), group.Sum(pair => (long)Encoding.UTF8.GetByteCount(pair.Value.Json!)))),
    ];

    public static int CompareBytes(string? a, string? b) =>
        Encoding.UTF8.GetBytes(a!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b!));

    long Write(string name, string key, string json)
    {
        var version = _entries.TryGetValue((name, key), out var before) ? before.Version + 1 : 1;
        _entries[(name, key)] = new Entry(version, json);
        return version;
    }

    /// <param name="Version">The last version, a deletion's too.</param>
    /// <param name="Json">The value; null: deleted.</param>
    internal sealed record Entry(long Version, string? Json);
}
