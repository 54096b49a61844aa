namespace Baton.JsonSchema.Compatibility;

/// <summary>What a comparison of two versions of a definition came to.</summary>
public enum CompatibilityOutcome
{
    /// <summary>Every document that is valid under the older version is valid under the newer one: proven.</summary>
    Compatible,

    /// <summary>A document was found, and validated, that the older version takes and the newer one refuses.</summary>
    Incompatible,

    /// <summary>Neither was proven: it is refused like an incompatible one, for a different reason.</summary>
    Undecided,
}
