namespace Baton.JsonSchema;

/// <summary>
/// Why a document is not valid. Pointer (RFC 6901): the place in the document. Keyword: the one that failed, or `json`,
/// `depth`, `duplicate` or `budget` when the document, or the work to check it, was refused. Message: one sentence that
/// says what to do.
/// </summary>
public sealed record SchemaViolation(string Pointer, string Keyword, string Message);
