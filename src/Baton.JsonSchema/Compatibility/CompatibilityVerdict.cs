namespace Baton.JsonSchema.Compatibility;

/// <summary>Whether every document valid under the older definition is valid under the newer one.</summary>
/// <param name="Outcome">Only what is proven is compatible.</param>
/// <param name="Pointer">JSON Pointer into the newer definition: what refuses, or cannot be judged. Null:
/// compatible.</param>
/// <param name="Reason">One sentence for people: what would become invalid, or why that is not known, and what to
/// do.</param>
/// <param name="Witness">JSON text that is valid under the older definition only; null unless incompatible.</param>
public sealed record CompatibilityVerdict(
    CompatibilityOutcome Outcome, string? Pointer, string? Reason, string? Witness)
{
    public static CompatibilityVerdict Compatible { get; } =
        new(CompatibilityOutcome.Compatible, Pointer: null, Reason: null, Witness: null);

    public bool IsCompatible => Outcome == CompatibilityOutcome.Compatible;
}
