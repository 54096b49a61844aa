namespace Baton.JsonSchema.Checks;

/// <summary>One keyword, for values of any kind.</summary>
internal abstract class Check
{
    /// <summary>Whether a value is valid; in a pass that collects, what is wrong is added to its violations.</summary>
    public abstract bool Accepts(ref Evaluation evaluation, int token, EvaluatedChildren? evaluated);
}
