namespace Baton.Server.Platform.Schemas;

/// <summary>What a schema can be for, as `target_type` says it: a type of things that are bound to schemas.</summary>
/// <param name="types">The types that have declared that they are, in order.</param>
internal sealed class SchemaTargets(IEnumerable<string> types)
{
    /// <summary>Whatever is bound to schemas. The word is older than any third type.</summary>
    public const string Both = "both";

    /// <summary>The values of `target_type`.</summary>
    public IReadOnlyList<string> Values { get; } = [.. types, Both];

    public static bool Fits(string targetType, string type) => targetType == Both || targetType == type;
}
