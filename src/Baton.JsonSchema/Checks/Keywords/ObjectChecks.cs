using Baton.JsonSchema.Documents;
using Baton.JsonSchema.Patterns;

namespace Baton.JsonSchema.Checks.Keywords;

/// <summary>The keywords for objects, in one walk over the members.</summary>
internal sealed class ObjectChecks
{
    /// <summary>
    /// The words of bits for known names that are kept on the stack. Schemas that need more are rare.
    /// </summary>
    const int MaxStackWords = 4;
    const int WordBits = 64;

    /// <summary>All names that any of these keywords mentions.</summary>
    public required NameTable Names { get; init; }

    /// <summary>By ordinal of the name: the schema in `properties`, if there is one.</summary>
    public required SchemaNode?[] Properties { get; init; }

    public (PatternMatcher Pattern, SchemaNode Node)[] PatternProperties { get; init; } = [];

    public SchemaNode? AdditionalProperties { get; init; }

    public SchemaNode? PropertyNames { get; init; }

    /// <summary>Ordinals of names.</summary>
    public int[] Required { get; init; } = [];

    public Dependency[] Dependencies { get; init; } = [];

    public long MinProperties { get; init; }

    public long MaxProperties { get; init; } = long.MaxValue;

    bool NeedsWalk =>
        Names.Count + PatternProperties.Length > 0 || AdditionalProperties is not null || PropertyNames is not null;

    public bool Accepts(ref Evaluation evaluation, int token, EvaluatedChildren? evaluated)
    {
        var isValid = HasSize(ref evaluation, token);
        if (!NeedsWalk) return isValid;
        if (!isValid && !evaluation.Collects) return false;
        var words = (Names.Count + WordBits - 1) / WordBits;
        if (!evaluation.Spend(token, evaluation.Document[token].Size + words + Dependencies.Length)) return false;
        Span<ulong> present = words <= MaxStackWords ? stackalloc ulong[MaxStackWords] : new ulong[words];
        isValid &= CheckMembers(ref evaluation, token, evaluated, present);
        if (!isValid && !evaluation.Collects) return false;
        isValid &= HasRequired(ref evaluation, token, present);
        foreach (var dependency in Dependencies)
        {
            if (!isValid && !evaluation.Collects) return false;
            if (Has(present, dependency.Name)) isValid &= Check(ref evaluation, token, evaluated, present, dependency);
        }

        return isValid;
    }

    bool CheckMembers(ref Evaluation evaluation, int token, EvaluatedChildren? evaluated, scoped Span<ulong> present)
    {
        var view = evaluation.Document;
        var isValid = true;
        var (end, ordinal, guess) = (view.After(token), 0, 0);
        for (var name = token + 1; name < end; (name, ordinal) = (view.After(name + 1), ordinal + 1))
        {
            var known = Names.Find(view.Unescaped(name), guess);
            if (known >= 0)
            {
                present[known / WordBits] |= 1UL << known;
                guess = known + 1;
            }

            isValid &= CheckMember(ref evaluation, name, known < 0 ? null : Properties[known], evaluated, ordinal);
            if (PropertyNames is not null) isValid &= HasName(ref evaluation, name, PropertyNames);
            if (!isValid && !evaluation.Collects) return false;
        }

        return isValid;
    }

    bool CheckMember(
        ref Evaluation evaluation, int name, SchemaNode? node, EvaluatedChildren? evaluated, int ordinal)
    {
        var isValid = node is null || node.Accepts(ref evaluation, name + 1);
        var isKnown = node is not null;
        foreach (var (pattern, patternNode) in PatternProperties)
        {
            if (!pattern.IsMatch(ref evaluation, name, "patternProperties")) continue;
            isKnown = true;
            isValid &= patternNode.Accepts(ref evaluation, name + 1);
        }

        if (!isKnown)
        {
            if (AdditionalProperties is null) return true;
            isValid = AdditionalProperties.Always == false
                ? RefuseAdditional(ref evaluation, name)
                : AdditionalProperties.Accepts(ref evaluation, name + 1);
        }

        evaluated?.Add(ordinal);
        return isValid;
    }

    bool RefuseAdditional(ref Evaluation evaluation, int name)
    {
        if (!evaluation.Collects) return false;
        var names = Names;
        var properties = Properties;
        var allowed = Enumerable.Range(0, names.Count).Where(at => properties[at] is not null).Select(names.NameOf);
        var known = Excerpt.List(allowed);
        if (known.Length > 0) known = ", or use one of " + known;
        return evaluation.Violations.Refuse(
            name,
            "additionalProperties",
            $"{Excerpt.Of(evaluation.Document, name)} is no property of this object: remove it{known}.");
    }

    static bool HasName(ref Evaluation evaluation, int name, SchemaNode names)
    {
        if (evaluation.Violations is not { } outer) return names.Accepts(ref evaluation, name);
        var inner = new ViolationList(max: 1);
        evaluation.Violations = inner;
        var isValid = names.Accepts(ref evaluation, name);
        evaluation.Violations = outer;
        return isValid || outer.Refuse(
            name,
            "propertyNames",
            $"The name {Excerpt.Of(evaluation.Document, name)} is not allowed: {inner.First}");
    }

    bool HasSize(ref Evaluation evaluation, int token)
    {
        var count = evaluation.Document[token].Size;
        if (count < MinProperties)
        {
            return evaluation.Violations.Refuse(
                token, "minProperties", $"The object has {count} members: give it at least {MinProperties}.");
        }

        return count <= MaxProperties || evaluation.Violations.Refuse(
            token, "maxProperties", $"The object has {count} members: give it at most {MaxProperties}.");
    }

    bool HasRequired(ref Evaluation evaluation, int token, scoped ReadOnlySpan<ulong> present)
    {
        var isValid = true;
        foreach (var name in Required)
        {
            if (Has(present, name)) continue;
            isValid = evaluation.Violations.Refuse(
                token, "required", $"The property {Quoted(name)} is missing: add it.");
            if (!evaluation.Collects) return false;
        }

        return isValid;
    }

    bool Check(
        ref Evaluation evaluation,
        int token,
        EvaluatedChildren? evaluated,
        scoped ReadOnlySpan<ulong> present,
        Dependency dependency)
    {
        var isValid = dependency.Node?.Accepts(ref evaluation, token, evaluated) ?? true;
        foreach (var name in dependency.Required)
        {
            if (Has(present, name)) continue;
            isValid = evaluation.Violations.Refuse(
                token,
                dependency.Keyword,
                $"With {Quoted(dependency.Name)}, {Quoted(name)} is needed too: add it.");
            if (!evaluation.Collects) return false;
        }

        return isValid;
    }

    string Quoted(int name) => Excerpt.Of(Names.NameOf(name));

    static bool Has(ReadOnlySpan<ulong> present, int name) => (present[name / WordBits] & 1UL << name) != 0;
}
