using System.Numerics;
using System.Text;
using Baton.JsonSchema.Documents;

namespace Baton.JsonSchema.Checks;

/// <summary>The names that a schema knows, found by their UTF-8 without making strings.</summary>
internal sealed class NameTable
{
    /// <summary>With up to this many keys, a vectorised scan is faster than a table.</summary>
    const int MaxScanned = 16;

    readonly byte[][] _names;

    /// <summary>
    /// The keys of the names: their <see cref="NameKey"/> if they are few; if they are many their hashes, because
    /// somebody could make many keys collide.
    /// </summary>
    readonly ulong[] _keys;

    /// <summary>
    /// The first ordinal by bits of the key, and the next ordinal for each ordinal. Both are stored + 1, so that 0 is
    /// none.
    /// </summary>
    readonly int[] _first = [];
    readonly int[] _next = [];

    /// <summary>The names must differ; their order gives the ordinals.</summary>
    public NameTable(IEnumerable<string> names)
    {
        _names = [.. names.Select(Encoding.UTF8.GetBytes)];
        var isScanned = _names.Length <= MaxScanned;
        _keys = [.. _names.Select(name => isScanned ? NameKey.Of(name) : HashOf(name))];
        if (isScanned) return;
        _first = new int[BitOperations.RoundUpToPowerOf2((uint)_names.Length * 2)];
        _next = new int[_names.Length];
        for (var ordinal = 0; ordinal < _names.Length; ordinal++)
        {
            ref var first = ref _first[Bucket(_keys[ordinal])];
            (_next[ordinal], first) = (first, ordinal + 1);
        }
    }

    public int Count => _names.Length;

    /// <summary>The ordinal of a name; -1 when it is not known. The guess is looked at first.</summary>
    public int Find(ReadOnlySpan<byte> name, int guess)
    {
        if ((uint)guess < (uint)_names.Length && name.SequenceEqual(_names[guess])) return guess;
        return _first.Length == 0 ? Scan(name, NameKey.Of(name)) : LookUp(name, HashOf(name));
    }

    public string NameOf(int ordinal) => Encoding.UTF8.GetString(_names[ordinal]);

    int Scan(ReadOnlySpan<byte> name, ulong key)
    {
        for (var from = 0; ; from++)
        {
            var found = _keys.AsSpan(from).IndexOf(key);
            if (found < 0) return -1;
            from += found;
            if (name.SequenceEqual(_names[from])) return from;
        }
    }

    int LookUp(ReadOnlySpan<byte> name, ulong key)
    {
        for (var ordinal = _first[Bucket(key)] - 1; ordinal >= 0; ordinal = _next[ordinal] - 1)
        {
            if (_keys[ordinal] == key && name.SequenceEqual(_names[ordinal])) return ordinal;
        }

        return -1;
    }

    int Bucket(ulong hash) => (int)(hash & (ulong)(_first.Length - 1));

    static ulong HashOf(ReadOnlySpan<byte> name) => (uint)HashIndex.HashOf(name);
}
