namespace Baton.JsonSchema.Checks;

/// <summary>What the presence of a member asks for: other members, or that the whole object fits a schema.</summary>
internal sealed record Dependency(string Keyword, int Name, int[] Required, SchemaNode? Node);
