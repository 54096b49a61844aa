namespace Baton.Contracts.Schemas;

/// <summary>One place where a document does not fit a schema.</summary>
/// <param name="Pointer">Where it is, as a JSON pointer into the document. Empty: the whole document.</param>
/// <param name="Keyword">
/// The keyword of the schema that the document does not fulfil, such as `required`; `json` where the document is not
/// JSON.
/// </param>
/// <param name="Message">What is wrong there.</param>
public sealed record SchemaValidationError(string Pointer, string Keyword, string Message);
