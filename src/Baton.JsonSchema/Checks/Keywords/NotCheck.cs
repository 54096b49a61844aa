using Baton.JsonSchema.Documents;

namespace Baton.JsonSchema.Checks.Keywords;

/// <summary>`not`.</summary>
internal sealed class NotCheck(SchemaNode node) : Check
{
    public override bool Accepts(ref Evaluation evaluation, int token, EvaluatedChildren? evaluated) =>
        !Alternatives.Test(node, ref evaluation, token, evaluated: null) || evaluation.Violations.Refuse(
            token,
            "not",
            $"{Excerpt.Of(evaluation.Document, token)} fits the schema in not: change it so that it does not.");
}
