namespace Baton.JsonSchema.Patterns;

/// <summary>
/// A regular expression that is not valid. Thrown and caught inside of this folder only: the parser is recursive.
/// </summary>
internal sealed class PatternException(string message) : Exception(message);
