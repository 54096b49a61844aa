namespace Baton.JsonSchema.Compatibility.Formulas;

/// <summary>Whether a formula holds for one value; null where that is not known.</summary>
internal sealed class Evaluator(TextRules rules, Budget budget)
{
    /// <summary>
    /// The most formulas inside each other: references can go round in circles, and values of a recursive schema are
    /// deep.
    /// </summary>
    const int MaxNesting = 150;

    int _nesting;

    public MemberClass Members { get; } = new(rules);

    public bool? Evaluate(IEnumerable<Literal> literals, Instance value)
    {
        bool? all = true;
        foreach (var literal in literals)
        {
            var one = Evaluate(literal, value);
            if (one == false) return false;
            all = one is null ? null : all;
        }

        return all;
    }

    public bool? Evaluate(Literal literal, Instance value) => Evaluate(literal.Formula, value) is { } known
        ? known == literal.Holds
        : null;

    public bool? Evaluate(Formula formula, Instance value)
    {
        budget.Spend();
        if (!formula.Scope.HasFlag(value.Kind)) return true;
        if (_nesting == MaxNesting) return null;
        _nesting++;
        var known = formula switch
        {
            Constant constant => constant.Value,
            Conjunction all => All(all.Parts, part => Evaluate(part, value)),
            Disjunction any => !All(any.Parts, part => !Evaluate(part, value)),
            ExactlyOne one => Between(one.Parts, part => Evaluate(part, value), least: 1, most: 1),
            Negation not => !Evaluate(not.Part, value),
            Choice choice => Choose(choice, value),
            Reference reference => Evaluate(reference.Target.Value, value),
            OfKind kind => kind.Allowed.HasFlag(value.Kind),
            Listed listed => listed.Values.ContainsKey(value.Json),
            Opaque => null,
            _ => value.Kind switch
            {
                Kinds.Integer or Kinds.Fraction => OfNumber(formula, value.Number),
                Kinds.String => OfString(formula, value),
                Kinds.Array => OfArray(formula, value.Items),
                _ => OfObject(formula, value.Members),
            },
        };
        _nesting--;
        return known;
    }

    static bool? OfNumber(Formula formula, Rational number) => formula switch
    {
        LowerBound bound => bound.IsExclusive ? number > bound.Limit : number >= bound.Limit,
        UpperBound bound => bound.IsExclusive ? number < bound.Limit : number <= bound.Limit,
        MultipleOf multiple => number.IsMultipleOf(multiple.Divisor),
        _ => null,
    };

    bool? OfString(Formula formula, Instance value) => formula switch
    {
        AtLeast count => value.Length >= count.Count,
        AtMost count => value.Length <= count.Count,
        Pattern pattern => rules.Matches(pattern.Expression, value.Text),
        Format format => rules.HasFormat(format.Name, value.Text),
        _ => null,
    };

    bool? OfArray(Formula formula, IReadOnlyList<Instance> items) => formula switch
    {
        AtLeast count => items.Count >= count.Count,
        AtMost count => items.Count <= count.Count,
        ItemAt item => item.Index >= items.Count ? true : Evaluate(item.Item, items[(int)item.Index]),
        ItemsFrom from => All(items.Skip((int)Math.Min(from.Index, items.Count)), item => Evaluate(from.Item, item)),
        ContainsAtLeast contains =>
            Between(items, item => Evaluate(contains.Item, item), contains.Count, most: long.MaxValue),
        ContainsAtMost contains => Between(items, item => Evaluate(contains.Item, item), least: 0, contains.Count),
        DistinctItems => items.DistinctBy(item => item.Json).Count() == items.Count,
        _ => null,
    };

    bool? OfObject(Formula formula, IReadOnlyDictionary<string, Instance> members) => formula switch
    {
        AtLeast count => members.Count >= count.Count,
        AtMost count => members.Count <= count.Count,
        HasMember has => members.ContainsKey(has.Name),
        Member member => members.TryGetValue(member.Name, out var value) ? Evaluate(member.Value, value) : true,
        MembersMatching matching => All(
            members,
            member => Either(
                !rules.Matches(matching.Expression, member.Key),
                () => Evaluate(matching.Value, member.Value))),
        OtherMembers others => All(
            members,
            member => Either(
                !Members.Includes(others, member.Key),
                () => Evaluate(others.Value, member.Value))),
        MemberNames names => All(members, member => Evaluate(names.Name, Instance.Of(member.Key))),
        _ => null,
    };

    bool? Choose(Choice choice, Instance value) => Evaluate(choice.If, value) switch
    {
        true => Evaluate(choice.Then, value),
        false => Evaluate(choice.Else, value),
        null => Evaluate(choice.Then, value) is { } then && then == Evaluate(choice.Else, value) ? then : null,
    };

    static bool? Either(bool? first, Func<bool?> second) => first == true ? true : first | second();

    static bool? All<T>(IEnumerable<T> items, Func<T, bool?> holds)
    {
        bool? all = true;
        foreach (var item in items)
        {
            var one = holds(item);
            if (one == false) return false;
            all = one is null ? null : all;
        }

        return all;
    }

    /// <summary>Whether the number of items that hold lies between two bounds.</summary>
    static bool? Between<T>(IReadOnlyList<T> items, Func<T, bool?> holds, long least, long most)
    {
        var sure = 0;
        var unsure = 0;
        foreach (var item in items)
        {
            var one = holds(item);
            if (one == true) sure++;
            if (one is null) unsure++;
        }

        if (sure >= least && sure + unsure <= most) return true;
        return sure + unsure < least || sure > most ? false : null;
    }
}
