namespace Baton.JsonSchema.Compatibility;

/// <summary>
/// The comparison ends without a decision, wherever it is by then: thrown deep inside, caught by
/// <see cref="SchemaCompatibility"/> alone. The message completes "… because".
/// </summary>
internal sealed class UndecidableException(string because) : Exception(because);
