namespace Baton.JsonSchema.Checks.Keywords;

/// <summary>
/// `$dynamicRef` to a dynamic anchor: the outermost resource on the way here that has an anchor of this name decides.
/// </summary>
internal sealed class DynamicReferenceCheck(SchemaNode initial, DynamicTargets targets) : Check
{
    public override bool Accepts(ref Evaluation evaluation, int token, EvaluatedChildren? evaluated)
    {
        var target = initial;
        for (var scope = evaluation.Scope; scope is not null; scope = scope.Outer)
        {
            if (!evaluation.Spend(token, checks: 1)) return false;
            if (targets.TryGetValue(scope.Resource, out var found)) target = found;
        }

        return target.Accepts(ref evaluation, token, evaluated);
    }
}
