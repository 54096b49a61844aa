namespace Baton.JsonSchema.Checks.Keywords;

/// <summary>`allOf`.</summary>
internal sealed class AllOfCheck(SchemaNode[] nodes) : Check
{
    public override bool Accepts(ref Evaluation evaluation, int token, EvaluatedChildren? evaluated)
    {
        var isValid = true;
        foreach (var node in nodes)
        {
            isValid &= node.Accepts(ref evaluation, token, evaluated);
            if (!isValid && !evaluation.Collects) return false;
        }

        return isValid;
    }
}
