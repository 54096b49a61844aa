namespace Baton.JsonSchema.Checks.Keywords;

/// <summary>`anyOf`.</summary>
internal sealed class AnyOfCheck(SchemaNode[] nodes) : Check
{
    public override bool Accepts(ref Evaluation evaluation, int token, EvaluatedChildren? evaluated)
    {
        var isValid = false;
        foreach (var node in nodes)
        {
            isValid |= Alternatives.Test(node, ref evaluation, token, evaluated);
            // If a keyword asks later which children were evaluated, all alternatives that fit count, so the loop goes
            // on.
            if (isValid && evaluated is null) return true;
        }

        return isValid || Alternatives.RefuseNone(nodes, ref evaluation, token, "anyOf");
    }
}
