using System.Globalization;
using System.Text.Json;
using Baton.JsonSchema.Values;

namespace Baton.JsonSchema.Compatibility.Formulas;

/// <summary>
/// Makes formulas in normal form. What is spelled differently and means the same gets the same id, and formulas that
/// hold for everything vanish. One factory serves one comparison, so that ids of both definitions can be compared.
/// </summary>
internal sealed class FormulaFactory
{
    readonly Dictionary<string, int> _ids = [];

    public Formula Constant(Origin origin, bool value) => new Constant(Id($"{value}"), origin, value);

    public Formula All(Origin origin, IEnumerable<Formula> parts)
    {
        var kept = Flatten(parts, part => (part as Conjunction)?.Parts, neutral: true);
        if (kept.Find(part => part is Constant) is { } impossible) return impossible;
        return kept.Count switch
        {
            0 => Constant(origin, value: true),
            1 => kept[0],
            _ => new Conjunction(Id("all", kept), origin, kept),
        };
    }

    public Formula Any(Origin origin, IEnumerable<Formula> parts)
    {
        var kept = Flatten(parts, part => (part as Disjunction)?.Parts, neutral: false);
        if (kept.Exists(part => part is Constant)) return Constant(origin, value: true);
        return kept.Count switch
        {
            0 => Constant(origin, value: false),
            1 => kept[0],
            _ => new Disjunction(Id("any", kept), origin, kept),
        };
    }

    public Formula One(Origin origin, IReadOnlyList<Formula> parts)
    {
        List<Formula> kept = [.. parts.Where(part => part is not Constant { Value: false })];
        return kept.Count switch
        {
            0 => Constant(origin, value: false),
            1 => kept[0],
            _ => new ExactlyOne(Id("one", kept), origin, kept),
        };
    }

    public Formula Not(Origin origin, Formula part) => part switch
    {
        Constant constant => Constant(origin, !constant.Value),
        Negation negation => negation.Part,
        _ => new Negation(Id($"not:{part.Id}"), origin, part),
    };

    public Formula Choice(Origin origin, Formula condition, Formula then, Formula otherwise)
    {
        if (condition is Constant constant) return constant.Value ? then : otherwise;
        if (then.Id == otherwise.Id) return then;
        return new Choice(Id($"if:{condition.Id}:{then.Id}:{otherwise.Id}"), origin, condition, then, otherwise);
    }

    public Formula Reference(Origin origin, string location, Func<Formula> read) =>
        new Reference(Id($"ref:{location}"), origin, new Lazy<Formula>(read, LazyThreadSafetyMode.None));

    public Formula Opaque(Origin origin, string key) => new Opaque(Id($"opaque:{key}"), origin);

    public Formula OfKind(Origin origin, Kinds allowed) => allowed == Kinds.Any
        ? Constant(origin, value: true)
        : new OfKind(Id($"kind:{(int)allowed}"), origin, allowed);

    public Formula Listed(Origin origin, IEnumerable<Instance> values)
    {
        var byText = new Dictionary<string, Instance>();
        var present = Kinds.None;
        foreach (var value in values)
        {
            byText[value.Json] = value;
            present |= value.Kind;
        }

        if (byText.Count == 0) return Constant(origin, value: false);
        var id = Id($"in:{string.Join(',', byText.Keys.Order(StringComparer.Ordinal))}");
        return new Listed(id, origin, byText, present);
    }

    public Formula LowerBound(Origin origin, Rational limit, bool isExclusive) =>
        new LowerBound(Id($"min:{isExclusive}:{limit}"), origin, limit, isExclusive);

    public Formula UpperBound(Origin origin, Rational limit, bool isExclusive) =>
        new UpperBound(Id($"max:{isExclusive}:{limit}"), origin, limit, isExclusive);

    public Formula MultipleOf(Origin origin, Rational divisor) =>
        new MultipleOf(Id($"multiple:{divisor.Numerator}/{divisor.Denominator}"), origin, divisor);

    public Formula AtLeast(Origin origin, Kinds kind, long count) => count <= 0
        ? Constant(origin, value: true)
        : new AtLeast(Id($"atleast:{(int)kind}:{count}"), origin, kind, count);

    public Formula AtMost(Origin origin, Kinds kind, long count) =>
        new AtMost(Id($"atmost:{(int)kind}:{count}"), origin, kind, count);

    public Formula Pattern(Origin origin, string expression) => expression is "" or ".*" or "^.*" or ".*$" or "^" or "$"
        ? Constant(origin, value: true)
        : new Pattern(Id($"pattern:{expression}"), origin, expression);

    public Formula Format(Origin origin, string name) => new Format(Id($"format:{name}"), origin, name);

    public Formula ItemAt(Origin origin, long index, Formula item) => IsTrue(item)
        ? item
        : new ItemAt(Id($"item:{index}:{item.Id}"), origin, index, item);

    public Formula ItemsFrom(Origin origin, long index, Formula item)
    {
        if (IsTrue(item)) return item;
        if (item is Constant) return AtMost(origin, Kinds.Array, index);
        return new ItemsFrom(Id($"items:{index}:{item.Id}"), origin, index, item);
    }

    public Formula ContainsAtLeast(Origin origin, Formula item, long count)
    {
        if (count <= 0) return Constant(origin, value: true);
        if (IsTrue(item)) return AtLeast(origin, Kinds.Array, count);
        return new ContainsAtLeast(Id($"contains:{count}:{item.Id}"), origin, item, count);
    }

    public Formula ContainsAtMost(Origin origin, Formula item, long count)
    {
        if (count <= 0) return ItemsFrom(origin, index: 0, Not(origin, item));
        if (IsTrue(item)) return AtMost(origin, Kinds.Array, count);
        return new ContainsAtMost(Id($"containsatmost:{count}:{item.Id}"), origin, item, count);
    }

    public Formula DistinctItems(Origin origin) => new DistinctItems(Id("distinct"), origin);

    public Formula HasMember(Origin origin, string name) => new HasMember(Id($"has:{name}"), origin, name);

    public Formula Member(Origin origin, string name, Formula value) => IsTrue(value)
        ? value
        : new Member(Id($"member:{value.Id}:{name}"), origin, name, value);

    public Formula MembersMatching(Origin origin, string expression, Formula value) => IsTrue(value)
        ? value
        : new MembersMatching(Id($"matching:{value.Id}:{expression}"), origin, expression, value);

    public Formula OtherMembers(
        Origin origin, IReadOnlySet<string> names, IReadOnlySet<string> expressions, Formula value)
    {
        if (IsTrue(value)) return value;
        string[] sorted = [.. expressions.Order(StringComparer.Ordinal)];
        var except = JsonSerializer.Serialize(
            [[.. names.Order(StringComparer.Ordinal)], sorted], JsonText.Default.StringArrayArray);
        return new OtherMembers(Id($"others:{value.Id}:{except}"), origin, names, sorted, value);
    }

    public Formula MemberNames(Origin origin, Formula name) => IsTrue(name)
        ? name
        : new MemberNames(Id($"names:{name.Id}"), origin, name);

    static bool IsTrue(Formula formula) => formula is Constant { Value: true };

    /// <summary>Parts of nested formulas of the same sort, each once, without the neutral ones.</summary>
    static List<Formula> Flatten(
        IEnumerable<Formula> parts, Func<Formula, IReadOnlyList<Formula>?> nested, bool neutral)
    {
        var kept = new List<Formula>();
        var seen = new HashSet<int>();
        foreach (var part in parts)
        {
            foreach (var one in nested(part) ?? [part])
            {
                if (one is Constant constant && constant.Value == neutral) continue;
                if (seen.Add(one.Id)) kept.Add(one);
            }
        }

        return kept;
    }

    int Id(string sort, IReadOnlyList<Formula> parts) =>
        Id($"{sort}:{string.Join(',', parts.Select(part => part.Id).Order())}");

    int Id(FormattableString key) => Id(key.ToString(CultureInfo.InvariantCulture));

    int Id(string key)
    {
        if (_ids.TryGetValue(key, out var known)) return known;
        return _ids[key] = _ids.Count + 1;
    }
}
