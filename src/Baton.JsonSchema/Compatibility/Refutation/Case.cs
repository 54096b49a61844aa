using Baton.JsonSchema.Compatibility.Formulas;

namespace Baton.JsonSchema.Compatibility.Refutation;

/// <summary>
/// All that is known of a value of one kind: facts, which are atoms or their opposites, and alternatives that are still
/// open. It is closed once two of them contradict each other.
/// </summary>
internal sealed class Case(Kinds kind, KindJudge judge, Budget budget)
{
    const int MaxExclusive = 12;

    /// <summary>The facts that are copied for one unit of work: copying costs a fraction of finding them.</summary>
    const int CopiesPerUnit = 8;

    readonly HashSet<int> _known = [];
    List<Alternatives> _open = [];

    public Kinds Kind { get; } = kind;

    public List<Literal> Facts { get; } = [];

    public IReadOnlyList<Alternatives> Open => _open;

    public bool IsClosed { get; private set; }

    /// <summary>
    /// The last fact that was added from the newer definition: it would refuse a value that is in this case.
    /// </summary>
    public Origin? Blame { get; private set; }

    /// <summary>The same case with one way of some alternatives chosen.</summary>
    public Case Choose(Alternatives alternatives, IReadOnlyList<Literal> way)
    {
        var chosen = new Case(Kind, judge, budget) { Blame = Blame, _open = [.. _open] };
        budget.Spend(1 + (Facts.Count + _open.Count) / CopiesPerUnit);
        chosen._open.Remove(alternatives);
        chosen.Facts.AddRange(Facts);
        chosen._known.UnionWith(_known);
        foreach (var literal in way) chosen.Add(literal, alternatives.IsBlamed);
        return chosen;
    }

    public void Add(Literal literal, bool isBlamed = true)
    {
        if (IsClosed || _known.Contains(literal.Key)) return;
        budget.Spend();
        if (isBlamed && literal.Formula is { Origin.IsNewer: true } and not Constant) Blame = literal.Formula.Origin;
        if (_known.Contains(literal.Opposite.Key))
        {
            IsClosed = true;
            return;
        }

        _known.Add(literal.Key);
        if (judge.Judge(literal, Kind) is { } judged)
            IsClosed = !judged;
        else
            Unfold(literal, isBlamed);
    }

    /// <summary>Drops the ways that are impossible by now, and adds what is left when there is only one.</summary>
    public void Settle()
    {
        for (var changed = true; changed && !IsClosed;)
        {
            changed = false;
            var before = _open;
            _open = [];
            foreach (var alternatives in before)
            {
                budget.Spend(alternatives.Ways.Sum(way => way.Count));
                changed |= Decide(alternatives);
            }
        }
    }

    void Unfold(Literal literal, bool isBlamed)
    {
        var origin = literal.Formula.Origin;
        switch (literal.Formula)
        {
            case Negation not:
                Add(new(not.Part, !literal.Holds), isBlamed: false);
                break;
            case Reference reference:
                Add(new(reference.Target.Value, literal.Holds), isBlamed);
                break;
            case Conjunction all when literal.Holds:
                foreach (var part in all.Parts) Add(new(part, Holds: true), isBlamed);
                break;
            case Conjunction all:
                Offer(origin, isBlamed, all.Parts.Select(part => new[] { new Literal(part, Holds: false) }));
                break;
            case Disjunction any when literal.Holds:
                Offer(origin, isBlamed: false, any.Parts.Select(part => new[] { new Literal(part, Holds: true) }));
                break;
            case Disjunction any:
                foreach (var part in any.Parts) Add(new(part, Holds: false), isBlamed: false);
                break;
            case ExactlyOne one:
                budget.Spend((long)one.Parts.Count * one.Parts.Count);
                Offer(origin, isBlamed: false, literal.Holds ? OneOf(one.Parts) : NoneOrTwoOf(one.Parts));
                break;
            case Choice choice:
                Offer(origin, isBlamed: false, [
                    [new(choice.If, Holds: true), new(choice.Then, literal.Holds)],
                    [new(choice.If, Holds: false), new(choice.Else, literal.Holds)]]);
                break;
            default:
                Facts.Add(literal);
                break;
        }
    }

    void Offer(Origin origin, bool isBlamed, IEnumerable<IReadOnlyList<Literal>> ways)
    {
        var alternatives = new Alternatives([.. ways], origin.IsNewer, isBlamed);
        budget.Spend(alternatives.Ways.Sum(way => way.Count));
        Decide(alternatives);
    }

    /// <returns>Whether something was added.</returns>
    bool Decide(Alternatives alternatives)
    {
        if (IsClosed) return false;
        var possible = new List<IReadOnlyList<Literal>>();
        foreach (var way in alternatives.Ways)
        {
            var left = way.Where(literal => !IsTrue(literal)).ToList();
            if (left.Count == 0) return false;
            if (!left.Exists(IsFalse)) possible.Add(left);
        }

        if (possible.Count == 0) IsClosed = true;
        if (possible.Count > 1) _open.Add(alternatives with { Ways = possible });
        if (possible.Count != 1) return false;
        foreach (var literal in possible[0]) Add(literal, alternatives.IsBlamed);
        return true;
    }

    bool IsTrue(Literal literal) => _known.Contains(literal.Key) || judge.Judge(literal, Kind) == true;

    bool IsFalse(Literal literal) => _known.Contains(literal.Opposite.Key) || judge.Judge(literal, Kind) == false;

    /// <summary>
    /// If the parts are many, it is left out that the others do not hold. Less is known then, but nothing wrong.
    /// </summary>
    static IEnumerable<IReadOnlyList<Literal>> OneOf(IReadOnlyList<Formula> parts) =>
        parts.Select((one, index) => (Literal[])
        [
            new(one, Holds: true),
            .. parts.Where((_, other) => other != index && parts.Count <= MaxExclusive)
                .Select(other => new Literal(other, Holds: false)),
        ]);

    static IEnumerable<IReadOnlyList<Literal>> NoneOrTwoOf(IReadOnlyList<Formula> parts)
    {
        yield return [.. parts.Select(part => new Literal(part, Holds: false))];
        for (var first = 0; first < parts.Count; first++)
        {
            for (var second = first + 1; second < parts.Count; second++)
                yield return [new(parts[first], Holds: true), new(parts[second], Holds: true)];
        }
    }
}
