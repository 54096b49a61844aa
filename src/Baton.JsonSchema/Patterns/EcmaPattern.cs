using System.Globalization;
using System.Text;

namespace Baton.JsonSchema.Patterns;

/// <summary>
/// Translates an ECMA-262 regular expression (with the flag u) into one for .NET: code points instead of code units,
/// ASCII \d and \w, $ only at the very end, groups counted as ECMA counts them. Read leniently where only one meaning
/// is possible: escaped punctuation, `-` beside a class such as \w, a lone `]` or `}`. Sets of code points are written
/// down at the end, when all of them are known.
/// </summary>
internal sealed partial class EcmaPattern
{
    /// <summary>Groups in each other; the parser, and the one of .NET, are recursive.</summary>
    const int MaxDepth = 50;

    readonly string _source;
    readonly EcmaGroups _groups;
    readonly List<(string? Syntax, CodePointSet? Set)> _output = [];
    int _at;
    int _depth;
    int _opened;

    EcmaPattern(string source)
    {
        (_source, _groups) = (source, new EcmaGroups(source));
    }

    /// <summary>
    /// Whether only a backtracking engine can match it: it looks around, or back at what a group has matched.
    /// </summary>
    public bool NeedsBacktracking { get; private set; }

    /// <summary>What texts have to be mapped to; null when the expression matches UTF-16.</summary>
    public PatternAlphabet? Alphabet { get; private set; }

    /// <summary>The expression for .NET.</summary>
    public string Translated { get; private set; } = "";

    /// <exception cref="PatternException">The expression is not valid.</exception>
    public static EcmaPattern Translate(string source)
    {
        var pattern = Parse(source);
        pattern.Render();
        return pattern;
    }

    public static bool IsValid(string source)
    {
        try
        {
            Parse(source);
            return true;
        }
        catch (PatternException)
        {
            return false;
        }
    }

    static EcmaPattern Parse(string source)
    {
        var pattern = new EcmaPattern(source);
        pattern.Disjunction();
        return pattern.IsAtEnd ? pattern : throw pattern.Fault("')' closes nothing: write '\\)'");
    }

    bool IsAtEnd => _at == _source.Length;

    /// <summary>The code unit here; a NUL, which no syntax has, at the end.</summary>
    char Next => IsAtEnd ? '\0' : _source[_at];

    void Render()
    {
        var sets = _output.Select(part => part.Set).OfType<CodePointSet>();
        if (!_groups.AreCaptured) Alphabet = new PatternAlphabet(sets);
        var text = new StringBuilder();
        foreach (var (syntax, set) in _output)
            text.Append(set is null ? syntax : Alphabet?.ClassOf(set) ?? set.ToRegex());
        Translated = text.ToString();
    }

    void Write(string syntax) => _output.Add((syntax, null));

    void Write(CodePointSet set) => _output.Add((null, set));

    void Disjunction()
    {
        if (++_depth > MaxDepth) throw Fault($"groups stand in each other more than {MaxDepth} deep");
        while (!IsAtEnd && Next != ')')
        {
            if (Next != '|')
            {
                Term();
                continue;
            }

            Write("|");
            _at++;
        }

        _depth--;
    }

    void Term()
    {
        switch (Next)
        {
            case '^':
                _at++;
                Write("^");
                return;
            case '$':
                _at++;
                Write(@"\z");
                return;
            case '(':
                Group();
                return;
            case '*' or '+' or '?' or '{':
                throw Fault($"'{Next}' repeats nothing: write '\\{Next}'");
            case '.':
                _at++;
                Atom(EcmaClasses.Dot);
                return;
            case '[':
                Atom(Class());
                return;
            case '\\':
                EscapeTerm();
                return;
            default:
                Atom(CodePointSet.Of(ReadCodePoint()));
                return;
        }
    }

    /// <summary>Writes one code point of a set, with the quantifier that follows.</summary>
    void Atom(CodePointSet set)
    {
        Write(set);
        Write(Quantifier());
    }

    void Group()
    {
        _at++;
        var (opening, isAssertion) = Opening();
        Write(opening);
        Disjunction();
        if (Next != ')') throw Fault("a group is not closed: ')' is missing");
        _at++;
        Write(")");
        var quantifier = Quantifier();
        if (isAssertion && quantifier.Length > 0) throw Fault("an assertion cannot be repeated");
        Write(quantifier);
    }

    /// <summary>Reads what follows a '(', and gives what begins the group in .NET.</summary>
    (string Opening, bool IsAssertion) Opening()
    {
        foreach (var assertion in EcmaGroups.Assertions)
        {
            if (!Takes(assertion)) continue;
            NeedsBacktracking = true;
            return ("(" + assertion, true);
        }

        if (Takes("?:")) return ("(?:", false);
        if (Takes("?<"))
        {
            var end = _source.IndexOf('>', _at);
            _at = end + 1;
        }
        else if (Next == '?')
        {
            throw Fault("'(?' begins no group that is known");
        }

        _opened++;
        return (_groups.AreCaptured ? $"(?<{EcmaGroups.NameOf(_opened)}>" : "(?:", false);
    }

    /// <summary>Reads a quantifier; empty when there is none.</summary>
    string Quantifier()
    {
        var quantifier = Next switch
        {
            '*' or '+' or '?' => _source[_at++].ToString(),
            '{' => Braces(),
            _ => "",
        };
        if (quantifier.Length == 0 || Next != '?') return quantifier;
        _at++;
        return quantifier + "?";
    }

    string Braces()
    {
        _at++;
        var min = Digits();
        int? max = min;
        if (Takes(",")) max = Next == '}' ? null : Digits();
        if (!Takes("}")) throw Fault("'{' begins a quantifier such as {2,3}: for the character, write '\\{'");
        if (max < min) throw Fault($"the quantifier {{{min},{max}}} is upside down");
        return max is null ? $"{{{min},}}" : max == min ? $"{{{min}}}" : $"{{{min},{max}}}";
    }

    int Digits()
    {
        var start = _at;
        while (char.IsAsciiDigit(Next)) _at++;
        if (start == _at) throw Fault("'{' begins a quantifier such as {2,3}: for the character, write '\\{'");
        return int.TryParse(_source.AsSpan(start, _at - start), CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Fault("the quantifier is too large");
    }

    bool Takes(string text)
    {
        if (string.CompareOrdinal(_source, _at, text, 0, text.Length) != 0) return false;
        _at += text.Length;
        return true;
    }

    int ReadCodePoint()
    {
        var rune = Rune.GetRuneAt(_source, _at);
        _at += rune.Utf16SequenceLength;
        return rune.Value;
    }

    PatternException Fault(string problem) => new($"at character {_at + 1}, {problem}");
}
