using Baton.JsonSchema.Documents;

namespace Baton.JsonSchema.Checks.Keywords;

/// <summary>`unevaluatedItems` and `unevaluatedProperties`: for what nothing beside them has looked at.</summary>
internal sealed class UnevaluatedChecks
{
    public SchemaNode? Items { get; init; }

    public SchemaNode? Properties { get; init; }

    /// <summary>
    /// Checks the other keywords of a node, and then the children that those have not evaluated. For the schemas around
    /// it all children count as evaluated.
    /// </summary>
    public bool CheckWith(SchemaNode node, ref Evaluation evaluation, int token, EvaluatedChildren? outer)
    {
        var value = evaluation.Document[token];
        var rest = value.Kind switch
        {
            TokenKind.Array => Items,
            TokenKind.Object => Properties,
            _ => null,
        };
        if (rest is null) return node.Check(ref evaluation, token, outer);
        if (!evaluation.Spend(token, value.Size / 64)) return false;
        var own = new EvaluatedChildren(value.Size);
        var isValid = node.Check(ref evaluation, token, own);
        if (!isValid && !evaluation.Collects) return false;
        isValid &= CheckRest(ref evaluation, token, own, rest);
        outer?.AddAll();
        return isValid;
    }

    static bool CheckRest(ref Evaluation evaluation, int token, EvaluatedChildren evaluated, SchemaNode rest)
    {
        var view = evaluation.Document;
        var isObject = view[token].Kind == TokenKind.Object;
        var isValid = true;
        var (end, ordinal) = (view.After(token), 0);
        for (var child = token + 1; child < end; ordinal++)
        {
            var value = isObject ? child + 1 : child;
            if (!evaluated[ordinal])
            {
                isValid &= rest.Always == false
                    ? Refuse(ref evaluation, child, isObject)
                    : rest.Accepts(ref evaluation, value);
            }

            if (!isValid && !evaluation.Collects) return false;
            child = view.After(value);
        }

        return isValid;
    }

    static bool Refuse(ref Evaluation evaluation, int child, bool isProperty) => isProperty
        ? evaluation.Violations.Refuse(
            child,
            "unevaluatedProperties",
            $"{Excerpt.Of(evaluation.Document, child)} is no property that the schema knows here: remove it.")
        : evaluation.Violations.Refuse(
            child, "unevaluatedItems", $"The schema knows no item at this place: remove it.");
}
