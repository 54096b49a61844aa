using Baton.Server.Platform.JsonSchema.Documents;
using Baton.Server.Platform.JsonSchema.Values;

namespace Baton.Server.Platform.JsonSchema.Checks;

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

        return (MultipleOf is null || IsMultiple(ref evaluation, token, MultipleOf)) && isValid;
    }

    static bool IsMultiple(ref Evaluation evaluation, int token, Divisor divisor)
    {
        var raw = evaluation.Document.Raw(token);
        if (!evaluation.SpendText(token, raw.Length)) return false;
        return divisor.Divides(new DecimalText(raw)) || evaluation.Violations.Refuse(
            token,
            "multipleOf",
            $"{Excerpt.Of(evaluation.Document, token)} is no multiple of {divisor}: use one.");
    }
}
