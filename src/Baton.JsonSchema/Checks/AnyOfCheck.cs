namespace Baton.JsonSchema.Checks;

/// <summary>`anyOf`.</summary>
internal sealed class AnyOfCheck(SchemaNode[] nodes) : Check
{
    public override bool Accepts(ref Evaluation evaluation, int token, EvaluatedChildren? evaluated)
    {
        var isValid = false;
        foreach (var node in nodes)
        {
            isValid |= Alternatives.Test(node, ref evaluation, token, evaluated);
            // Where it matters what was evaluated, every alternative that fits counts.
            if (isValid && evaluated is null) return true;
        }

        return isValid || Alternatives.RefuseNone(nodes, ref evaluation, token, "anyOf");
    }
}
