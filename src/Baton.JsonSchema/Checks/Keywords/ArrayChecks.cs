namespace Baton.JsonSchema.Checks.Keywords;

/// <summary>The keywords for arrays.</summary>
internal sealed class ArrayChecks
{
    /// <summary>`prefixItems`, or in draft 7 an array in `items`.</summary>
    public SchemaNode[] Prefix { get; init; } = [];

    /// <summary>`items`, or in draft 7 `additionalItems`: what follows the prefix.</summary>
    public SchemaNode? Rest { get; init; }

    public string RestKeyword { get; init; } = "items";

    public SchemaNode? Contains { get; init; }

    public long MinContains { get; init; } = 1;

    public long MaxContains { get; init; } = long.MaxValue;

    public long MinItems { get; init; }

    public long MaxItems { get; init; } = long.MaxValue;

    public bool AreUnique { get; init; }

    public bool Accepts(ref Evaluation evaluation, int token, EvaluatedChildren? evaluated)
    {
        var isValid = HasSize(ref evaluation, token);
        if (!isValid && !evaluation.Collects) return false;
        if (Rest is not null || Prefix.Length > 0) isValid &= CheckItems(ref evaluation, token, evaluated);
        if (!isValid && !evaluation.Collects) return false;
        if (Contains is not null) isValid &= HasEnough(ref evaluation, token, Contains, evaluated);
        if (!isValid && !evaluation.Collects) return false;
        return (!AreUnique || UniqueItems.Accepts(ref evaluation, token)) && isValid;
    }

    bool CheckItems(ref Evaluation evaluation, int token, EvaluatedChildren? evaluated)
    {
        var view = evaluation.Document;
        var isValid = true;
        var (end, ordinal) = (view.After(token), 0);
        for (var item = token + 1; item < end; (item, ordinal) = (view.After(item), ordinal + 1))
        {
            var node = ordinal < Prefix.Length ? Prefix[ordinal] : Rest;
            if (node is null) return isValid;
            isValid &= node.Always == false && ordinal >= Prefix.Length
                ? RefuseRest(ref evaluation, item)
                : node.Accepts(ref evaluation, item);
            if (!isValid && !evaluation.Collects) return false;
            evaluated?.Add(ordinal);
        }

        return isValid;
    }

    bool RefuseRest(ref Evaluation evaluation, int item) => evaluation.Violations.Refuse(
        item,
        RestKeyword,
        $"This item is one too many: keep at most {Prefix.Length}.");

    bool HasEnough(ref Evaluation evaluation, int token, SchemaNode contains, EvaluatedChildren? evaluated)
    {
        var view = evaluation.Document;
        var violations = evaluation.Violations;
        evaluation.Violations = null;
        var (end, ordinal, count) = (view.After(token), 0, 0L);
        for (var item = token + 1; item < end; (item, ordinal) = (view.After(item), ordinal + 1))
        {
            if (evaluation.Refused is not null) break;
            if (!contains.Accepts(ref evaluation, item)) continue;
            evaluated?.Add(ordinal);
            var isEnough = evaluated is null && MaxContains == long.MaxValue && count + 1 >= MinContains;
            if (++count > MaxContains || isEnough) break;
        }

        evaluation.Violations = violations;
        if (count < MinContains)
        {
            var keyword = MinContains == 1 ? "contains" : "minContains";
            return violations.Refuse(
                token, keyword, $"{count} items match the schema in contains: give it at least {MinContains}.");
        }

        return count <= MaxContains || violations.Refuse(
            token, "maxContains", $"More than {MaxContains} items match the schema in contains: keep at most so many.");
    }

    bool HasSize(ref Evaluation evaluation, int token)
    {
        var count = evaluation.Document[token].Size;
        if (count < MinItems)
        {
            return evaluation.Violations.Refuse(
                token, "minItems", $"The array has {count} items: give it at least {MinItems}.");
        }

        return count <= MaxItems || evaluation.Violations.Refuse(
            token, "maxItems", $"The array has {count} items: give it at most {MaxItems}.");
    }
}
