namespace Baton.Contracts.Schemas;

/// <summary>One place where a document does not fit.</summary>
/// <param name="Pointer">A JSON pointer into the document; empty for all of it.</param>
/// <param name="Keyword">The keyword of the schema, such as `required`; `json` for what is no JSON.</param>
/// <param name="Message">What is wrong there.</param>
public sealed record SchemaValidationError(string Pointer, string Keyword, string Message);
