using Baton.JsonSchema.Compatibility.Formulas;

namespace Baton.JsonSchema.Compatibility.Refutation;

/// <summary>Finds the keyword that refuses a value.</summary>
internal sealed class Refusal(Evaluator evaluator)
{
    /// <summary>
    /// The most formulas inside each other: deeper inside, the keyword that was found so far is taken.
    /// </summary>
    const int MaxNesting = 200;

    public Origin Find(Formula formula, Instance value, int nesting = 0)
    {
        if (nesting == MaxNesting) return formula.Origin;
        var inner = formula switch
        {
            Conjunction all => First(
                all.Parts,
                part => !IsFulfilled(part, value),
                part => Find(part, value, nesting + 1)),
            Reference reference => Find(reference.Target.Value, value, nesting + 1),
            ItemAt item => Find(item.Item, value.Items[(int)item.Index], nesting + 1),
            ItemsFrom from => First(
                value.Items.Skip((int)from.Index),
                item => !IsFulfilled(from.Item, item),
                item => Find(from.Item, item, nesting + 1)),
            Member member => Find(member.Value, value.Members[member.Name], nesting + 1),
            MembersMatching or OtherMembers => FindMember(formula, value, nesting),
            MemberNames names => First(
                value.Members.Keys.Select(Instance.Of),
                name => !IsFulfilled(names.Name, name),
                name => Find(names.Name, name, nesting + 1)),
            _ => null,
        };
        // A bare `false` says less than the keyword that it stands under.
        return inner is null or { Keyword: "" } ? formula.Origin : inner;
    }

    Origin? FindMember(Formula formula, Instance value, int nesting)
    {
        var restrained = MemberClass.ValueOf(formula);
        return First(
            value.Members,
            member => evaluator.Members.Includes(formula, member.Key) == true && !IsFulfilled(restrained, member.Value),
            member => Find(restrained, member.Value, nesting + 1));
    }

    bool IsFulfilled(Formula formula, Instance value) => evaluator.Evaluate(formula, value) == true;

    static Origin? First<T>(IEnumerable<T> items, Func<T, bool> refuses, Func<T, Origin> find)
    {
        foreach (var item in items)
        {
            if (refuses(item)) return find(item);
        }

        return null;
    }
}
