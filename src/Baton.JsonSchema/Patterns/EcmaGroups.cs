using System.Globalization;

namespace Baton.JsonSchema.Patterns;

/// <summary>
/// The capturing groups of an expression, counted before it is translated: references may come before their groups, and
/// without any reference nothing needs to be captured.
/// </summary>
internal sealed class EcmaGroups
{
    /// <summary>What begins an assertion, after the '('.</summary>
    public static readonly IReadOnlyList<string> Assertions = ["?=", "?!", "?<=", "?<!"];

    readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    public EcmaGroups(string source)
    {
        var isInClass = false;
        for (var at = 0; at < source.Length; at++)
        {
            switch (source[at])
            {
                case '\\':
                    at++;
                    AreCaptured |= !isInClass && at < source.Length && source[at] is 'k' or (>= '1' and <= '9');
                    break;
                case '[' or ']':
                    isInClass = source[at] == '[';
                    break;
                case '(' when !isInClass:
                    Note(source, at + 1);
                    break;
            }
        }
    }

    public int Count { get; private set; }

    /// <summary>Whether anything refers back to a group.</summary>
    public bool AreCaptured { get; }

    public int? NumberOf(string name) => _numbers.TryGetValue(name, out var number) ? number : null;

    /// <summary>The name of a group in .NET, which would number groups with names after those without.</summary>
    public static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"g{number}");

    static bool IsName(string name) =>
        name.Length > 0
        && !char.IsAsciiDigit(name[0])
        && name.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '$');

    void Note(string source, int at)
    {
        var isNamed = string.CompareOrdinal(source, at, "?<", 0, 2) == 0;
        if (Assertions.Any(assertion => string.CompareOrdinal(source, at, assertion, 0, assertion.Length) == 0)) return;
        if (!isNamed && at < source.Length && source[at] == '?') return;
        Count++;
        if (!isNamed) return;
        var end = source.IndexOf('>', at);
        var name = end < 0 ? "" : source[(at + 2)..end];
        if (!IsName(name))
            throw new PatternException($"at character {at}, a group needs a name of letters, digits and '_': (?<a>…)");
        if (!_numbers.TryAdd(name, Count))
            throw new PatternException($"at character {at}, two groups are named '{name}'");
    }
}
