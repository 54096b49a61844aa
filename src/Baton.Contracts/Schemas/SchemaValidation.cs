namespace Baton.Contracts.Schemas;

/// <summary>Whether a document fits a schema. Nothing was stored.</summary>
/// <param name="Valid">Whether the document fits.</param>
/// <param name="Errors">The places where it does not fit, at most 50. Empty if it fits.</param>
public sealed record SchemaValidation(bool Valid, IReadOnlyList<SchemaValidationError> Errors);
