using System.Globalization;
using System.Text;

namespace Baton.JsonSchema.Patterns;

/// <summary>
/// The code points that an expression does not tell apart, as one symbol each: `^[a-z]+\d$` has the three symbols
/// "letter", "digit" and "else". Expressions are matched over symbols instead of UTF-16: so a code point is always one
/// unit, `\p{L}` with its 650 ranges costs what `[ab]` costs, and engines stay small. It does not do for expressions
/// that refer back to what a group has matched.
/// </summary>
internal sealed class PatternAlphabet
{
    const int AsciiCount = 128;

    /// <summary>Symbols are units from here on, in front of the surrogates.</summary>
    const char FirstSymbol = '\u0100';
    const int MaxSymbols = 0xD800 - FirstSymbol;

    /// <summary>Where the intervals begin that every set holds or leaves out as a whole; the first at 0.</summary>
    readonly int[] _starts;
    readonly char[] _symbols;
    readonly char[] _ascii = new char[AsciiCount];

    /// <exception cref="PatternException">There are more symbols than units.</exception>
    public PatternAlphabet(IEnumerable<CodePointSet> sets)
    {
        var distinct = sets.Distinct().ToList();
        _starts = [.. distinct.SelectMany(set => set.Boundaries).Append(0).Distinct().Order()];
        var classes = new int[_starts.Length];
        var count = 1;
        foreach (var set in distinct) Split(set, classes, ref count);
        _symbols = Number(classes);
        for (var unit = 0; unit < AsciiCount; unit++) _ascii[unit] = SymbolOf(unit);
    }

    /// <summary>A .NET class of the symbols for a set that the alphabet was made for.</summary>
    public string ClassOf(CodePointSet set)
    {
        var text = new StringBuilder("[");
        var symbols = IntervalsOf(set).Select(interval => _symbols[interval]).Distinct().Order().ToList();
        if (symbols.Count == 0) return CodePointSet.Nothing;
        for (var index = 0; index < symbols.Count; index++)
        {
            var first = symbols[index];
            while (index + 1 < symbols.Count && symbols[index + 1] == symbols[index] + 1) index++;
            text.Append(CultureInfo.InvariantCulture, $@"\u{(int)first:X4}-\u{(int)symbols[index]:X4}");
        }

        return text.Append(']').ToString();
    }

    /// <summary>The symbols of a valid UTF-8 text. The target needs as many units as the text has bytes.</summary>
    /// <returns>How many there are.</returns>
    public int Map(ReadOnlySpan<byte> utf8, Span<char> symbols)
    {
        var count = 0;
        while (!utf8.IsEmpty)
        {
            if (utf8[0] < AsciiCount)
            {
                symbols[count++] = _ascii[utf8[0]];
                utf8 = utf8[1..];
                continue;
            }

            Rune.DecodeFromUtf8(utf8, out var rune, out var length);
            symbols[count++] = SymbolOf(rune.Value);
            utf8 = utf8[length..];
        }

        return count;
    }

    char SymbolOf(int codePoint)
    {
        var found = _starts.AsSpan().BinarySearch(codePoint);
        return _symbols[found >= 0 ? found : ~found - 1];
    }

    /// <summary>Gives the intervals of a set classes of their own, one for each class that they had.</summary>
    void Split(CodePointSet set, int[] classes, ref int count)
    {
        var splits = new Dictionary<int, int>();
        foreach (var interval in IntervalsOf(set))
        {
            ref var own = ref classes[interval];
            if (!splits.TryGetValue(own, out var split)) splits.Add(own, split = count++);
            own = split;
        }
    }

    IEnumerable<int> IntervalsOf(CodePointSet set)
    {
        foreach (var (first, last) in set.Ranges)
        {
            var interval = Array.BinarySearch(_starts, first);
            for (; interval < _starts.Length && _starts[interval] <= last; interval++) yield return interval;
        }
    }

    /// <summary>Some classes have lost all of their intervals: the others are numbered anew.</summary>
    static char[] Number(int[] classes)
    {
        var numbers = new Dictionary<int, char>();
        foreach (var own in classes)
        {
            if (numbers.Count == MaxSymbols) throw new PatternException("it tells too many characters apart");
            numbers.TryAdd(own, (char)(FirstSymbol + numbers.Count));
        }

        return [.. classes.Select(own => numbers[own])];
    }
}
