using Baton.Contracts.Requests;

namespace Baton.Server.Platform.Schemas;

/// <summary>The form of a schema's id, `sch_…`: one version of a schema, pinned.</summary>
internal static class SchemaIds
{
    public const string Prefix = SchemaIdFormAttribute.Prefix;
    public const string Pattern = SchemaIdFormAttribute.IdPattern;

    public static bool IsId(string text) => SchemaIdFormAttribute.IsId(text);
}
