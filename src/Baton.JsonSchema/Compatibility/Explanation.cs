using Baton.JsonSchema.Compatibility.Formulas;
using Baton.JsonSchema.Documents;

namespace Baton.JsonSchema.Compatibility;

/// <summary>Says in a sentence why a definition cannot follow another, and what to do.</summary>
internal static class Explanation
{
    const int MaxWitnessLength = 200;

    const string WayOut = "or register the definition under another name, or with compatibility \"none\"";

    public static CompatibilityVerdict Incompatible(Origin refusal, string witness, string? openMember)
    {
        var loss = $"{Subject(refusal)} refuses data that was valid so far, such as {Shown(witness)}";
        var reason = openMember is null
            ? $"{loss}: {Advice(refusal.Keyword)}, {WayOut}."
            : $"{loss}, because the older version lets the member {Excerpt.Of(openMember)} be anything: declare it "
                + "without constraints (only where the older version has \"additionalProperties\": false can a new "
                + $"member be constrained), {WayOut}.";
        return new CompatibilityVerdict(CompatibilityOutcome.Incompatible, refusal.Pointer, reason, witness);
    }

    public static CompatibilityVerdict Undecided(Origin place, string? because = null)
    {
        because ??= Difficulty(place.Keyword);
        var reason = $"It cannot be decided whether all data that was valid so far stays valid, because {because}: " +
            $"{Advice(place.Keyword)}, {WayOut}.";
        return new CompatibilityVerdict(CompatibilityOutcome.Undecided, place.Pointer, reason, Witness: null);
    }

    static string Subject(Origin refusal) =>
        refusal.Keyword.Length == 0 ? "This schema" : $"\"{refusal.Keyword}\" here";

    static string Shown(string witness)
    {
        if (witness.Length <= MaxWitnessLength) return witness;
        var end = char.IsHighSurrogate(witness[MaxWitnessLength - 1]) ? MaxWitnessLength - 1 : MaxWitnessLength;
        return witness[..end] + "…";
    }

    static string Difficulty(string keyword) => keyword switch
    {
        "pattern" => "different patterns are not compared",
        "patternProperties" or "propertyNames" => "it depends on which names match which patterns",
        "format" => "formats and what else is known of the string are not compared",
        "$ref" => "the schema referred to is not known",
        "$dynamicRef" => "where it leads depends on the schemas around it",
        "unevaluatedProperties" or "unevaluatedItems" => "it depends on too many branches what is evaluated",
        "oneOf" => "it is not proven that exactly one branch takes each value",
        "" => "no proof and no counterexample was found",
        _ => $"no proof and no counterexample was found for \"{keyword}\"",
    };

    static string Advice(string keyword) => keyword switch
    {
        "type" => "keep all types that the older version allows",
        "enum" or "const" => "keep all values that the older version allows",
        "required" or "dependentRequired" => "leave the member optional",
        "minimum" or "exclusiveMinimum" or "minLength" or "minItems" or "minProperties" or "minContains" =>
            "keep the older bound or a lower one",
        "maximum" or "exclusiveMaximum" or "maxLength" or "maxItems" or "maxProperties" or "maxContains" =>
            "keep the older bound or a higher one",
        "multipleOf" => "keep the older divisor or a divisor of it",
        "pattern" or "format" => "keep it as the older version has it, or leave it out",
        "additionalProperties" or "unevaluatedProperties" =>
            "keep accepting the members that the older version accepts",
        "additionalItems" or "unevaluatedItems" => "keep accepting the items that the older version accepts",
        "anyOf" or "oneOf" => "keep the branches of the older version",
        _ => "keep this as the older version has it, or loosen it",
    };
}
