using System.Collections.Concurrent;
using System.Globalization;

namespace Baton.JsonSchema.Patterns;

/// <summary>
/// The code points of `\p{…}`: general categories as .NET knows them; the more common scripts and binary properties
/// from an embedded table (Unicode 17, ranges in hexadecimal; Unicode's data are free to use under the Unicode License
/// v3).
/// </summary>
internal static class UnicodeProperties
{
    /// <summary>Long name, short name and the .NET categories; the order is that of the Unicode standard.</summary>
    static readonly (string Long, string Short, string Members)[] s_categories =
    [
        ("Letter", "L", "Lu Ll Lt Lm Lo"), ("Cased_Letter", "LC", "Lu Ll Lt"),
        ("Uppercase_Letter", "Lu", "Lu"), ("Lowercase_Letter", "Ll", "Ll"), ("Titlecase_Letter", "Lt", "Lt"),
        ("Modifier_Letter", "Lm", "Lm"), ("Other_Letter", "Lo", "Lo"),
        ("Mark", "M", "Mn Mc Me"), ("Combining_Mark", "M", "Mn Mc Me"),
        ("Nonspacing_Mark", "Mn", "Mn"), ("Spacing_Mark", "Mc", "Mc"), ("Enclosing_Mark", "Me", "Me"),
        ("Number", "N", "Nd Nl No"), ("Decimal_Number", "Nd", "Nd"), ("digit", "Nd", "Nd"),
        ("Letter_Number", "Nl", "Nl"), ("Other_Number", "No", "No"),
        ("Punctuation", "P", "Pc Pd Ps Pe Pi Pf Po"), ("punct", "P", "Pc Pd Ps Pe Pi Pf Po"),
        ("Connector_Punctuation", "Pc", "Pc"), ("Dash_Punctuation", "Pd", "Pd"), ("Open_Punctuation", "Ps", "Ps"),
        ("Close_Punctuation", "Pe", "Pe"), ("Initial_Punctuation", "Pi", "Pi"), ("Final_Punctuation", "Pf", "Pf"),
        ("Other_Punctuation", "Po", "Po"),
        ("Symbol", "S", "Sm Sc Sk So"), ("Math_Symbol", "Sm", "Sm"), ("Currency_Symbol", "Sc", "Sc"),
        ("Modifier_Symbol", "Sk", "Sk"), ("Other_Symbol", "So", "So"),
        ("Separator", "Z", "Zs Zl Zp"), ("Space_Separator", "Zs", "Zs"), ("Line_Separator", "Zl", "Zl"),
        ("Paragraph_Separator", "Zp", "Zp"),
        ("Other", "C", "Cc Cf Cs Co Cn"), ("Control", "Cc", "Cc"), ("cntrl", "Cc", "Cc"), ("Format", "Cf", "Cf"),
        ("Private_Use", "Co", "Co"), ("Unassigned", "Cn", "Cn"), ("Surrogate", "Cs", "Cs"),
    ];

    /// <summary>In the order of <see cref="UnicodeCategory"/>.</summary>
    static readonly string[] s_dotnetOrder =
    [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co",
        "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Cn",
    ];

    static readonly Lazy<ILookup<string, (int First, int Last)>> s_ranges = new(ReadCategories);
    static readonly Lazy<IReadOnlyDictionary<string, CodePointSet>> s_table = new(ReadTable);

    /// <summary>Sets that were asked for: there are a few hundred at most.</summary>
    static readonly ConcurrentDictionary<(string Property, bool IsNegated), CodePointSet> s_found = new();

    /// <summary>The set that the text between the braces names, or all but that; null when it is not known.</summary>
    public static CodePointSet? Find(string property, bool isNegated)
    {
        if (s_found.TryGetValue((property, isNegated), out var known)) return known;
        var set = Find(property);
        return set is null ? null : s_found.GetOrAdd((property, isNegated), isNegated ? set.Complement() : set);
    }

    static CodePointSet? Find(string property)
    {
        var equals = property.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0) return FindCategory(property) ?? FindInTable(property);
        var value = property[(equals + 1)..];
        return property[..equals] switch
        {
            "General_Category" or "gc" => FindCategory(value),
            "Script" or "sc" => FindInTable("sc=" + value),
            _ => null,
        };
    }

    static CodePointSet? FindCategory(string name)
    {
        foreach (var (longName, shortName, members) in s_categories)
        {
            if (name != longName && name != shortName) continue;
            return CodePointSet.Of(members.Split(' ').SelectMany(member => s_ranges.Value[member]));
        }

        return null;
    }

    static CodePointSet? FindInTable(string name) => name switch
    {
        "Any" => CodePointSet.All,
        "ASCII" => CodePointSet.Of([(0, 0x7F)]),
        "Assigned" => FindCategory("Cn")!.Complement(),
        _ => s_table.Value.GetValueOrDefault(name),
    };

    static ILookup<string, (int First, int Last)> ReadCategories()
    {
        var runs = new List<(string Category, int First, int Last)>();
        var first = 0;
        for (var codePoint = 1; codePoint <= 0x110000; codePoint++)
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(first);
            if (codePoint <= 0x10FFFF && CharUnicodeInfo.GetUnicodeCategory(codePoint) == category) continue;
            runs.Add((s_dotnetOrder[(int)category], first, codePoint - 1));
            first = codePoint;
        }

        return runs.ToLookup(run => run.Category, run => (run.First, run.Last));
    }

    static Dictionary<string, CodePointSet> ReadTable()
    {
        using var stream = typeof(UnicodeProperties).Assembly.GetManifestResourceStream("unicode-properties.txt")
            ?? throw new InvalidOperationException("The Unicode properties are not in the assembly.");
        using var reader = new StreamReader(stream);
        var table = new Dictionary<string, CodePointSet>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split(": ");
            var set = CodePointSet.Of(parts[1].Split(' ').Select(ReadRange));
            foreach (var name in parts[0].Split(',')) table[name] = set;
        }

        return table;
    }

    static (int First, int Last) ReadRange(string text)
    {
        var ends = text.Split('-');
        return (Hex(ends[0]), Hex(ends[^1]));
    }

    static int Hex(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
