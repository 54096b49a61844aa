using Baton.JsonSchema.Documents;
using Baton.JsonSchema.Values;

namespace Baton.JsonSchema.Checks;

/// <summary>The types that `type` allows.</summary>
internal readonly record struct TypeSet(int Bits)
{
    public static readonly TypeSet Null = new(1);
    public static readonly TypeSet Boolean = new(2);
    public static readonly TypeSet Integer = new(4);
    public static readonly TypeSet Number = new(8 | 4);
    public static readonly TypeSet String = new(16);
    public static readonly TypeSet Array = new(32);
    public static readonly TypeSet Object = new(64);
    public static readonly TypeSet Any = new(127);

    static readonly (string Name, TypeSet Types)[] s_names =
    [
        ("null", Null), ("boolean", Boolean), ("integer", Integer), ("number", Number),
        ("string", String), ("array", Array), ("object", Object),
    ];

    /// <summary>By token kind: the types of a value. A decimal is only a number until it is looked at.</summary>
    static ReadOnlySpan<byte> BitsByKind => [1, 2, 2, 4, 8, 16, 16, 32, 64];

    public static TypeSet? Named(string name)
    {
        foreach (var (known, types) in s_names)
        {
            if (known == name) return types;
        }

        return null;
    }

    public static string Names => string.Join(", ", s_names.Select(pair => pair.Name));

    public static TypeSet operator |(TypeSet a, TypeSet b) => new(a.Bits | b.Bits);

    public bool Accepts(ref Evaluation evaluation, int token)
    {
        var kind = evaluation.Document[token].Kind;
        if ((Bits & BitsByKind[(int)kind]) != 0) return true;
        if (kind == TokenKind.Decimal
            && (Bits & Integer.Bits) != 0
            && new DecimalText(evaluation.Document.Raw(token)).IsInteger) return true;
        return evaluation.Violations.Refuse(
            token,
            "type",
            $"{Excerpt.Of(evaluation.Document, token)} has the wrong type: use {this}.");
    }

    public override string ToString()
    {
        var names = new List<string>();
        foreach (var (name, types) in s_names)
        {
            var isShown = name == "integer" ? (Bits & Number.Bits) == Integer.Bits : (Bits & types.Bits) == types.Bits;
            if (isShown) names.Add(name);
        }

        return names.Count == 0 ? "nothing" : string.Join(" or ", names);
    }
}
