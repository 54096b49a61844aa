namespace Baton.JsonSchema.Checks.Keywords;

/// <summary>`$ref`: as if the target stood here.</summary>
internal sealed class ReferenceCheck(SchemaNode target) : Check
{
    public override bool Accepts(ref Evaluation evaluation, int token, EvaluatedChildren? evaluated) =>
        target.Accepts(ref evaluation, token, evaluated);
}
