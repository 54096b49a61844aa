using Baton.JsonSchema.Compatibility.Formulas;

namespace Baton.JsonSchema.Compatibility.Refutation;

/// <summary>
/// Proves that no value fulfils all of some literals: for each kind of value, and each way that alternatives can come
/// out, by a contradiction. What it cannot refute it opens, with an example if it finds one.
/// <para>
/// Claims about items and members are claims of the same sort. One that comes up again while it is being proven is
/// taken for proven: the value it speaks of is inside the first one, and no value goes on forever (infinite descent).
/// A proof that relied on that is kept only when the claim it relied on is proven as well.
/// </para>
/// </summary>
internal sealed class Refuter(FormulaFactory factory, Evaluator evaluator, Budget budget, IReadOnlyList<string> texts)
{
    /// <summary>The most claims inside claims, and choices inside choices: each takes some of the stack.</summary>
    const int MaxNesting = 200;

    /// <summary>
    /// Behind an opening without a certain example, other ways may have one: a better reason for a refusal that is
    /// certain by now. So often it is looked for.
    /// </summary>
    const int MaxUncertain = 500;

    const int Unrelied = int.MaxValue;

    static readonly Kinds[] s_kinds =
        [Kinds.Null, Kinds.Boolean, Kinds.Integer, Kinds.Fraction, Kinds.String, Kinds.Array, Kinds.Object];

    readonly KindJudge _judge = new(budget);
    readonly Dictionary<string, Opening?> _decided = [];
    readonly Dictionary<string, int> _underProof = [];
    int _nesting;
    int _uncertain;
    int _reliedOn = Unrelied;

    public FormulaFactory Factory { get; } = factory;

    public Evaluator Evaluator { get; } = evaluator;

    public Budget Budget { get; } = budget;

    /// <summary>Strings to try as examples.</summary>
    public IReadOnlyList<string> Texts { get; } = texts;

    public bool IsRefuted(params IEnumerable<Literal> claim) => Open(claim) is null;

    /// <summary>Null: no value fulfils all of these.</summary>
    public Opening? Open(params IEnumerable<Literal> claim)
    {
        var literals = claim.DistinctBy(literal => literal.Key).OrderBy(literal => literal.Key).ToList();
        var key = string.Join(',', literals.Select(literal => literal.Key));
        Budget.Spend(1 + literals.Count);
        if (_decided.TryGetValue(key, out var decided)) return decided;
        if (_underProof.TryGetValue(key, out var level))
        {
            _reliedOn = Math.Min(_reliedOn, level);
            return null;
        }

        var outer = _reliedOn;
        _reliedOn = Unrelied;
        level = _underProof.Count;
        _underProof[key] = level;
        var opening = OpenAnyKind(literals);
        _underProof.Remove(key);
        var reliesOnOuter = opening is null && _reliedOn < level;
        // A claim that is open stays open whatever else is proven, because assumptions only help to refute. So this
        // result may be kept.
        if (!reliesOnOuter) _decided[key] = opening;
        _reliedOn = reliesOnOuter ? Math.Min(outer, _reliedOn) : outer;
        return opening;
    }

    Opening? OpenAnyKind(List<Literal> literals)
    {
        Opening? best = null;
        foreach (var kind in s_kinds)
        {
            var start = new Case(kind, _judge, Budget);
            foreach (var literal in literals) start.Add(literal);
            best = Opening.Better(best, Open(start));
            if (best is { IsCertain: true }) break;
        }

        return best;
    }

    Opening? Open(Case one)
    {
        one.Settle();
        if (one.IsClosed) return null;
        if (_nesting == MaxNesting) throw new UndecidableException("the definitions are too deep to compare");
        _nesting++;
        var opening = OpenSettled(one);
        _nesting--;
        return opening;
    }

    Opening? OpenSettled(Case one)
    {
        var opening = one.Kind switch
        {
            _ when Enumerate(one) is { } all => OpenByExamples(one, all),
            Kinds.Integer or Kinds.Fraction => NumberCase.Open(one, this),
            Kinds.String => StringCase.Open(one, this),
            Kinds.Array => new ArrayCase(one, this).Open(),
            _ => new ObjectCase(one, this).Open(),
        };
        if (opening is null || opening.IsCertain || one.Open.Count == 0) return opening;
        var next = one.Open.OrderByDescending(alternatives => alternatives.IsNewer)
            .ThenBy(alternatives => alternatives.Ways.Count).First();
        Opening? best = null;
        foreach (var way in next.Ways)
        {
            best = Opening.Better(best, Open(one.Choose(next, way)));
            if (best is { IsCertain: true } || best is not null && ++_uncertain > MaxUncertain) break;
        }

        return best;
    }

    /// <summary>All values of a case; null: there are too many.</summary>
    static IReadOnlyList<Instance>? Enumerate(Case one)
    {
        if (one.Kind == Kinds.Null) return [Instance.Null];
        if (one.Kind == Kinds.Boolean) return [Instance.True, Instance.False];
        var listed = one.Facts.Where(fact => fact.Holds).Select(fact => fact.Formula).OfType<Listed>()
            .MinBy(formula => formula.Values.Count);
        return listed is null ? null : [.. listed.Values.Values.Where(value => value.Kind == one.Kind)];
    }

    /// <summary>Decides a case that has no other values than these.</summary>
    public Opening? OpenByExamples(Case one, IEnumerable<Instance> all)
    {
        Opening? best = null;
        foreach (var value in all)
        {
            if (Try(one, value) is not { } fulfils) best ??= new Opening(value, IsCertain: false, one.Blame);
            else if (fulfils) return new Opening(value, IsCertain: true, one.Blame);
        }

        return best;
    }

    /// <summary>Shows that a case is open by the first of some values that is in it, or that may be.</summary>
    public Opening OpenByWitness(Case one, IEnumerable<Instance> examples) =>
        OpenByExamples(one, examples) ?? new Opening(Witness: null, IsCertain: false, one.Blame);

    /// <summary>Whether a value fulfils facts and alternatives; null: not known.</summary>
    bool? Try(Case one, Instance value)
    {
        var facts = Evaluator.Evaluate(one.Facts, value);
        if (facts == false) return false;
        foreach (var alternatives in one.Open)
        {
            var any = false;
            var maybe = false;
            foreach (var way in alternatives.Ways)
            {
                var fulfils = Evaluator.Evaluate(way, value);
                any |= fulfils == true;
                maybe |= fulfils is null;
                if (any) break;
            }

            if (any) continue;
            if (!maybe) return false;
            facts = null;
        }

        return facts;
    }
}
