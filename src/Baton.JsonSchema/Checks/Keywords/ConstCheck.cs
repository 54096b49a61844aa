using Baton.JsonSchema.Documents;
using Baton.JsonSchema.Values;

namespace Baton.JsonSchema.Checks.Keywords;

/// <summary>`const`.</summary>
internal sealed class ConstCheck(JsonConstant constant) : Check
{
    public override bool Accepts(ref Evaluation evaluation, int token, EvaluatedChildren? evaluated)
    {
        var view = evaluation.Document;
        var effort = Math.Min(view.Extent(token), constant.Extent);
        if (!evaluation.Spend(token, effort) || !evaluation.SpendText(token, view.TextBytes(token))) return false;
        return constant.IsEqualTo(view, token) || evaluation.Violations.Refuse(
            token, "const", $"{Excerpt.Of(view, token)} is not {constant}: use that.");
    }
}
