using System.Text.Json;
using Baton.JsonSchema.Compatibility.Formulas;
using Baton.JsonSchema.References;

namespace Baton.JsonSchema.Compatibility.Reading;

/// <summary>
/// Expresses `unevaluatedProperties` and `unevaluatedItems` by the keywords for the other members and items: which
/// those are is known from the schemas in place. Where it depends on branches, there is a case for each way they can
/// come out.
/// </summary>
internal sealed class UnevaluatedKeywords(SchemaReader reader)
{
    /// <summary>The most conditions: each doubles the number of cases.</summary>
    const int MaxConditions = 6;

    readonly List<Evaluation> _evaluations = [];
    readonly HashSet<SchemaPlace> _visiting = [];
    bool _isUnknown;

    /// <summary>What one schema that applies in place evaluates, if the conditions hold.</summary>
    sealed record Evaluation(
        IReadOnlyList<Formula> Conditions, IReadOnlySet<string> Names, IReadOnlySet<string> Expressions,
        bool AllMembers, long Items, bool AllItems, Formula? Contained);

    public IEnumerable<Formula> Read(SchemaPlace place)
    {
        var members = place.Schema("unevaluatedProperties");
        var items = place.Schema("unevaluatedItems");
        if (members is null && items is null) yield break;
        Collect(place, [], isRoot: true);
        var conditions = _evaluations.SelectMany(one => one.Conditions).DistinctBy(one => one.Id).ToList();
        if (_isUnknown || conditions.Count > MaxConditions)
        {
            yield return reader.Opaque(place, members is null ? "unevaluatedItems" : "unevaluatedProperties");
            yield break;
        }

        if (members is not null)
        {
            var origin = reader.OriginOf(place, "unevaluatedProperties");
            yield return Cases(origin, conditions, active => OtherMembers(origin, active, reader.Read(members)));
        }

        if (items is not null)
        {
            var origin = reader.OriginOf(place, "unevaluatedItems");
            yield return Cases(origin, conditions, active => OtherItems(origin, active, reader.Read(items)));
        }
    }

    void Collect(SchemaPlace place, IReadOnlyList<Formula> conditions, bool isRoot)
    {
        if (place.Element.ValueKind != JsonValueKind.Object) return;
        if (place.Dialect.IsDraft7 || !_visiting.Add(place))
        {
            _isUnknown = true;
            return;
        }

        var (names, expressions) = ObjectKeywords.Covered(place);
        var items = ArrayKeywords.CoveredItems(place);
        _evaluations.Add(new Evaluation(
            conditions, names, expressions,
            place.Schema("additionalProperties") is not null
                || !isRoot && place.Schema("unevaluatedProperties") is not null,
            items ?? 0,
            items is null || !isRoot && place.Schema("unevaluatedItems") is not null,
            place.Schema("contains") is { } contained ? reader.Read(contained) : null));
        CollectReferences(place, conditions);
        CollectBranches(place, conditions);
        _visiting.Remove(place);
    }

    void CollectReferences(SchemaPlace place, IReadOnlyList<Formula> conditions)
    {
        if (place.Text("$ref") is not null) Follow(reader.Links.TargetOf(place, "$ref"));
        if (place.Text("$dynamicRef") is not null) Follow(reader.Links.DynamicTargetOf(place));

        void Follow(SchemaPlace? target)
        {
            _isUnknown |= target is null;
            if (target is not null) Collect(target, conditions, isRoot: false);
        }
    }

    void CollectBranches(SchemaPlace place, IReadOnlyList<Formula> conditions)
    {
        foreach (var part in place.Schemas("allOf") ?? []) Collect(part, conditions, isRoot: false);
        foreach (var branch in (place.Schemas("anyOf") ?? []).Concat(place.Schemas("oneOf") ?? []))
            Collect(branch, [.. conditions, reader.Read(branch)], isRoot: false);
        if (place.Schema("if") is { } choice)
        {
            var holds = reader.Read(choice);
            Collect(choice, [.. conditions, holds], isRoot: false);
            if (place.Schema("then") is { } then) Collect(then, [.. conditions, holds], isRoot: false);
            var fails = reader.Factory.Not(reader.OriginOf(place, "if"), holds);
            if (place.Schema("else") is { } otherwise) Collect(otherwise, [.. conditions, fails], isRoot: false);
        }

        var dependents = ObjectKeywords.DependencyKeywords(place).Where(keyword => keyword != "dependentRequired")
            .SelectMany(place.NamedSchemas);
        foreach (var (name, dependent) in dependents)
        {
            var origin = reader.OriginOf(place, "dependentSchemas");
            var isThere = reader.Factory.All(origin, [
                reader.Factory.OfKind(origin, Kinds.Object), reader.Factory.HasMember(origin, name)]);
            Collect(dependent, [.. conditions, isThere], isRoot: false);
        }
    }

    /// <summary>One formula for each way that the conditions can come out.</summary>
    Formula Cases(Origin origin, List<Formula> conditions, Func<List<Evaluation>, Formula> rest)
    {
        return From(next: 0, []);

        Formula From(int next, HashSet<int> holding)
        {
            if (next == conditions.Count)
                return rest(_evaluations.FindAll(one => one.Conditions.All(part => holding.Contains(part.Id))));
            var condition = conditions[next];
            var holds = From(next + 1, [.. holding, condition.Id]);
            return reader.Factory.Choice(origin, condition, holds, From(next + 1, holding));
        }
    }

    Formula OtherMembers(Origin origin, List<Evaluation> active, Formula value)
    {
        if (active.Exists(one => one.AllMembers)) return reader.Factory.Constant(origin, value: true);
        return reader.Factory.OtherMembers(
            origin,
            active.SelectMany(one => one.Names).ToHashSet(),
            active.SelectMany(one => one.Expressions).ToHashSet(),
            value);
    }

    Formula OtherItems(Origin origin, List<Evaluation> active, Formula value)
    {
        if (active.Exists(one => one.AllItems)) return reader.Factory.Constant(origin, value: true);
        var contained = active.Select(one => one.Contained).OfType<Formula>();
        return reader.Factory.ItemsFrom(
            origin, active.Max(one => one.Items), reader.Factory.Any(origin, contained.Prepend(value)));
    }
}
