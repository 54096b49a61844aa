using Baton.JsonSchema.Documents;

namespace Baton.JsonSchema.Checks.Keywords;

/// <summary>`oneOf`.</summary>
internal sealed class OneOfCheck(SchemaNode[] nodes) : Check
{
    public override bool Accepts(ref Evaluation evaluation, int token, EvaluatedChildren? evaluated)
    {
        var first = -1;
        for (var index = 0; index < nodes.Length; index++)
        {
            if (!Alternatives.Test(nodes[index], ref evaluation, token, evaluated)) continue;
            if (first >= 0) return RefuseSecond(ref evaluation, token, first, index);
            first = index;
        }

        return first >= 0 || Alternatives.RefuseNone(nodes, ref evaluation, token, "oneOf");
    }

    static bool RefuseSecond(ref Evaluation evaluation, int token, int first, int second) =>
        evaluation.Violations.Refuse(
            token,
            "oneOf",
            $"{Excerpt.Of(evaluation.Document, token)} fits alternatives {first + 1} and {second + 1}: "
            + $"make it fit exactly one.");
}
