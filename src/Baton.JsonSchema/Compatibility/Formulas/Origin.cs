namespace Baton.JsonSchema.Compatibility.Formulas;

/// <summary>Where a formula was read, for messages.</summary>
/// <param name="IsNewer">In the newer definition, or in what that refers to.</param>
/// <param name="Pointer">JSON Pointer to the keyword, into the definition itself: what lies outside is named by its
/// `$ref`.</param>
/// <param name="Keyword">Empty: the schema itself is `false`.</param>
internal sealed record Origin(bool IsNewer, string Pointer, string Keyword);
