namespace Baton.JsonSchema.Checks.Keywords;

/// <summary>`if`, `then` and `else`.</summary>
internal sealed class IfCheck(SchemaNode condition, SchemaNode? then, SchemaNode? otherwise) : Check
{
    public override bool Accepts(ref Evaluation evaluation, int token, EvaluatedChildren? evaluated)
    {
        var branch = Alternatives.Test(condition, ref evaluation, token, evaluated) ? then : otherwise;
        return branch?.Accepts(ref evaluation, token, evaluated) ?? true;
    }
}
