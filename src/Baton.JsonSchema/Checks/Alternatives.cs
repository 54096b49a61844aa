using Baton.JsonSchema.Documents;

namespace Baton.JsonSchema.Checks;

/// <summary>Schemas that may fail without the document being invalid.</summary>
internal static class Alternatives
{
    // The most explanations inside each other: explaining costs far more than checking.
    const int MaxExplained = 5;
    const int MaxExplainedAlternatives = 20;
    const int MaxExplanations = 2;

    /// <summary>
    /// Tries one alternative. What it reports, and which children it has looked at, count only if it fits.
    /// </summary>
    public static bool Test(SchemaNode node, ref Evaluation evaluation, int token, EvaluatedChildren? evaluated)
    {
        if (evaluated is not null && !evaluation.Spend(token, evaluated.WordCount)) return false;
        var violations = evaluation.Violations;
        var own = evaluated?.Fresh();
        evaluation.Violations = null;
        var isValid = node.Accepts(ref evaluation, token, own);
        evaluation.Violations = violations;
        if (isValid && own is not null) evaluated!.AddAll(own);
        return isValid;
    }

    /// <summary>Reports that no alternative fits, and what is wrong with the one that comes nearest.</summary>
    public static bool RefuseNone(
        SchemaNode[] nodes, ref Evaluation evaluation, int token, string keyword)
    {
        if (!evaluation.Collects) return false;
        var violations = evaluation.Violations!;
        var value = Excerpt.Of(evaluation.Document, token);
        var problem = $"{value} fits none of {nodes.Length} alternatives: make it fit one";
        if (evaluation.Explanations >= MaxExplanations) return violations.Refuse(token, keyword, $"{problem}.");
        var (nearest, number) = FindNearest(nodes, ref evaluation, token);
        violations.Refuse(token, keyword, $"{problem}; number {number} is nearest.");
        violations.AddAll(nearest);
        return false;
    }

    /// <summary>The alternative with the mildest violations, counted from 1.</summary>
    static (ViolationList, int) FindNearest(SchemaNode[] nodes, ref Evaluation evaluation, int token)
    {
        var violations = evaluation.Violations;
        var (nearest, number) = (new ViolationList(MaxExplained), 0);
        evaluation.Explanations++;
        for (var index = 0; index < Math.Min(nodes.Length, MaxExplainedAlternatives); index++)
        {
            var own = new ViolationList(MaxExplained);
            evaluation.Violations = own;
            nodes[index].Accepts(ref evaluation, token);
            if (number == 0 || IsNearer(own, nearest, token)) (nearest, number) = (own, index + 1);
        }

        evaluation.Explanations--;
        evaluation.Violations = violations;
        return (nearest, number);
    }

    /// <summary>
    /// Whether one alternative comes nearer than another. One that fails only inside of the value does: the value has
    /// the right type for it.
    /// </summary>
    static bool IsNearer(ViolationList one, ViolationList other, int token)
    {
        var (isInside, otherIsInside) = (FailsInside(one, token), FailsInside(other, token));
        return isInside == otherIsInside ? one.Count < other.Count : isInside;
    }

    static bool FailsInside(ViolationList violations, int token) =>
        violations.Count > 0 && (violations[0].Token != token || violations[0].Keyword == "required");
}
