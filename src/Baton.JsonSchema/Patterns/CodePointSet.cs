using System.Globalization;
using System.Text;

namespace Baton.JsonSchema.Patterns;

/// <summary>A set of Unicode code points, surrogates never among them, as sorted ranges that do not touch.</summary>
internal sealed class CodePointSet : IEquatable<CodePointSet>
{
    const int Max = 0x10FFFF;
    const int FirstSurrogate = 0xD800;
    const int LastSurrogate = 0xDFFF;
    const int FirstAstral = 0x10000;

    /// <summary>A .NET class that nothing is in.</summary>
    public const string Nothing = @"[^\u0000-\uFFFF]";

    readonly List<(int First, int Last)> _ranges;

    CodePointSet(List<(int First, int Last)> ranges)
    {
        _ranges = ranges;
    }

    public static CodePointSet All { get; } = Of([(0, Max)]);

    public IReadOnlyList<(int First, int Last)> Ranges => _ranges;

    /// <summary>Where the set begins or ends, in ascending order.</summary>
    public IEnumerable<int> Boundaries => _ranges.SelectMany(range => new[] { range.First, range.Last + 1 });

    public static CodePointSet Of(IEnumerable<(int First, int Last)> ranges)
    {
        var merged = new List<(int First, int Last)>();
        foreach (var (first, last) in ranges.SelectMany(WithoutSurrogates).Order())
        {
            if (merged.Count > 0 && first <= merged[^1].Last + 1)
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, last));
            else
                merged.Add((first, last));
        }

        return new CodePointSet(merged);
    }

    public static CodePointSet Of(int codePoint) =>
        codePoint is >= FirstSurrogate and <= LastSurrogate ? Of([]) : new CodePointSet([(codePoint, codePoint)]);

    public static CodePointSet Union(IEnumerable<CodePointSet> sets) => Of(sets.SelectMany(set => set._ranges));

    public CodePointSet Complement()
    {
        var gaps = new List<(int First, int Last)>();
        var next = 0;
        foreach (var (first, last) in _ranges)
        {
            if (first > next) gaps.Add((next, first - 1));
            next = last + 1;
        }

        if (next <= Max) gaps.Add((next, Max));
        return Of(gaps);
    }

    public bool Equals(CodePointSet? other) => other is not null && _ranges.SequenceEqual(other._ranges);

    public override bool Equals(object? obj) => Equals(obj as CodePointSet);

    public override int GetHashCode() =>
        _ranges.Aggregate(_ranges.Count, (hash, range) => HashCode.Combine(hash, range.First, range.Last));

    /// <summary>A .NET expression for one code point of the set: a class, and pairs of surrogates.</summary>
    public string ToRegex()
    {
        var parts = new List<string>();
        var basic = _ranges.Where(range => range.First < FirstAstral).ToList();
        if (basic.Count > 0)
            parts.Add(Class(basic.Select(range => (range.First, Math.Min(range.Last, FirstAstral - 1)))));
        foreach (var (first, last) in _ranges.Where(range => range.Last >= FirstAstral))
            parts.AddRange(Pairs(Math.Max(first, FirstAstral), last));
        return parts.Count switch
        {
            0 => Nothing,
            1 when basic.Count > 0 => parts[0],
            _ => $"(?:{string.Join('|', parts)})",
        };
    }

    static IEnumerable<(int First, int Last)> WithoutSurrogates((int First, int Last) range)
    {
        var (first, last) = range;
        if (first < FirstSurrogate) yield return (first, Math.Min(last, FirstSurrogate - 1));
        if (last > LastSurrogate) yield return (Math.Max(first, LastSurrogate + 1), last);
    }

    static string Class(IEnumerable<(int First, int Last)> ranges)
    {
        var text = new StringBuilder("[");
        foreach (var (first, last) in ranges)
        {
            text.Append(Unit(first));
            if (last > first) text.Append('-').Append(Unit(last));
        }

        return text.Append(']').ToString();
    }

    /// <summary>
    /// A range above U+FFFF: the rest of the first block of 1,024, whole blocks, the beginning of the last.
    /// </summary>
    static IEnumerable<string> Pairs(int first, int last)
    {
        while (first <= last)
        {
            var (high, low) = Halves(first);
            var isWhole = low == 0xDC00 && (last - FirstAstral) >> 10 > (first - FirstAstral) >> 10;
            var (lastHigh, lastLow) = Halves(last);
            if (isWhole && lastLow != LastSurrogate) lastHigh--;
            if (isWhole || (low == 0xDC00 && lastLow == LastSurrogate))
            {
                yield return Class([(high, lastHigh)]) + Class([(0xDC00, LastSurrogate)]);
                first = FirstAstral + ((lastHigh - FirstSurrogate + 1) << 10);
            }
            else
            {
                yield return Unit(high) + Class([(low, high == lastHigh ? lastLow : LastSurrogate)]);
                first = FirstAstral + ((high - FirstSurrogate + 1) << 10);
            }
        }
    }

    static (int High, int Low) Halves(int codePoint) =>
        (FirstSurrogate + ((codePoint - FirstAstral) >> 10), 0xDC00 + ((codePoint - FirstAstral) & 0x3FF));

    static string Unit(int unit) =>
        char.IsAsciiLetterOrDigit((char)unit)
            ? $"{(char)unit}"
            : string.Create(CultureInfo.InvariantCulture, $@"\u{unit:X4}");
}
