namespace Baton.Contracts.Schemas;

/// <summary>What a dry run of a document found.</summary>
/// <param name="Valid">The document fits.</param>
/// <param name="Errors">The first 50 places where it does not.</param>
public sealed record SchemaValidation(bool Valid, IReadOnlyList<SchemaValidationError> Errors);
