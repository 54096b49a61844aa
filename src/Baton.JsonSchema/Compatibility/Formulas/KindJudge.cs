namespace Baton.JsonSchema.Compatibility.Formulas;

/// <summary>
/// Tells whether a formula holds for all values of a kind, or for none; null: it depends on the value.
/// </summary>
internal sealed class KindJudge(Budget budget)
{
    /// <summary>
    /// The most formulas inside each other. Deeper ones count as unknown, because this is only a short cut.
    /// </summary>
    const int MaxNesting = 24;

    readonly Dictionary<(int, Kinds), bool?> _known = [];

    public bool? Judge(Literal literal, Kinds kind) => Judge(literal.Formula, kind, nesting: 0) is { } known
        ? known == literal.Holds
        : null;

    bool? Judge(Formula formula, Kinds kind, int nesting)
    {
        if (nesting == MaxNesting) return null;
        if (_known.TryGetValue((formula.Id, kind), out var known)) return known;
        budget.Spend();
        known = formula switch
        {
            Constant constant => constant.Value,
            OfKind ofKind => ofKind.Allowed.HasFlag(kind),
            Listed listed => listed.Present.HasFlag(kind) ? null : false,
            Negation not => !Judge(not.Part, kind, nesting + 1),
            Conjunction all => All(all.Parts, part => Judge(part, kind, nesting + 1)),
            Disjunction any => !All(any.Parts, part => !Judge(part, kind, nesting + 1)),
            ExactlyOne one => One(one, kind, nesting + 1),
            Choice choice => Judge(choice.If, kind, nesting + 1) switch
            {
                true => Judge(choice.Then, kind, nesting + 1),
                false => Judge(choice.Else, kind, nesting + 1),
                null => null,
            },
            Reference reference => Judge(reference.Target.Value, kind, nesting + 1),
            Opaque => null,
            _ => formula.Scope.HasFlag(kind) ? null : true,
        };
        // A result that was cut off by the nesting is not kept: it may be known when the formula is asked for by
        // itself.
        if (known is not null || nesting == 0) _known[(formula.Id, kind)] = known;
        return known;
    }

    bool? One(ExactlyOne one, Kinds kind, int nesting)
    {
        var holding = 0;
        var isKnown = true;
        foreach (var part in one.Parts)
        {
            var judged = Judge(part, kind, nesting);
            if (judged == true) holding++;
            isKnown &= judged is not null;
        }

        if (holding > 1) return false;
        return isKnown ? holding == 1 : null;
    }

    static bool? All(IReadOnlyList<Formula> parts, Func<Formula, bool?> judge)
    {
        bool? all = true;
        foreach (var part in parts)
        {
            var one = judge(part);
            if (one == false) return false;
            all = one is null ? null : all;
        }

        return all;
    }
}
