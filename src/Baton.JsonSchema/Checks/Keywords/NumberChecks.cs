using Baton.JsonSchema.Documents;
using Baton.JsonSchema.Values;

namespace Baton.JsonSchema.Checks.Keywords;

/// <summary>The keywords for numbers.</summary>
internal sealed class NumberChecks
{
    public NumberBound? Minimum { get; init; }

    public NumberBound? Maximum { get; init; }

    public NumberBound? ExclusiveMinimum { get; init; }

    public NumberBound? ExclusiveMaximum { get; init; }

    public Divisor? MultipleOf { get; init; }

    public bool Accepts(ref Evaluation evaluation, int token)
    {
        var view = evaluation.Document;
        var found = evaluation.Violations;
        if (!evaluation.SpendText(token, view[token].Size)) return false;
        var isValid = true;
        if (Minimum is { } min && min.CompareFrom(view, token) < 0)
            isValid = found.Refuse(token, "minimum", $"{Excerpt.Of(view, token)} is too small: use at least {min}.");
        if (Maximum is { } max && max.CompareFrom(view, token) > 0)
            isValid = found.Refuse(token, "maximum", $"{Excerpt.Of(view, token)} is too large: use at most {max}.");
        if (ExclusiveMinimum is { } above && above.CompareFrom(view, token) <= 0)
        {
            isValid = found.Refuse(
                token, "exclusiveMinimum", $"{Excerpt.Of(view, token)} is too small: use more than {above}.");
        }

        if (ExclusiveMaximum is { } below && below.CompareFrom(view, token) >= 0)
        {
            isValid = found.Refuse(
                token, "exclusiveMaximum", $"{Excerpt.Of(view, token)} is too large: use less than {below}.");
        }

        if (MultipleOf is { } divisor && !IsMultiple(ref evaluation, token, divisor))
        {
            isValid = found.Refuse(
                token, "multipleOf", $"{Excerpt.Of(view, token)} is no multiple of {divisor}: use one.");
        }

        return isValid;
    }

    static bool IsMultiple(ref Evaluation evaluation, int token, Divisor divisor)
    {
        var text = evaluation.Document.Raw(token);
        return evaluation.Spend(token, divisor.EffortOf(text)) && divisor.Divides(text);
    }
}
