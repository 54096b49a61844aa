namespace Baton.JsonSchema.References;

/// <summary>
/// The meta-schemas of both drafts, by their URIs. They are embedded, without white space and comments, as published by
/// json-schema.org under the revised BSD licence or the Academic Free License 3.0, at the user's choice.
/// </summary>
internal static class MetaSchemas
{
    const string Draft202012Folder = "https://json-schema.org/draft/2020-12/";

    static readonly string[] s_vocabularies =
    [
        "core", "applicator", "unevaluated", "validation", "meta-data", "format-annotation", "format-assertion",
        "content",
    ];

    /// <summary>The text of one; null when it is none.</summary>
    public static byte[]? Find(string uri)
    {
        var dialect = Dialect.Of(uri);
        if (dialect is not null) return Read(dialect.IsDraft7 ? "draft-07.schema" : "2020-12.schema");
        const string meta = Draft202012Folder + "meta/";
        var name = uri.StartsWith(meta, StringComparison.Ordinal) ? uri[meta.Length..] : "";
        return s_vocabularies.Contains(name, StringComparer.Ordinal) ? Read($"2020-12.meta.{name}") : null;
    }

    static byte[] Read(string name)
    {
        using var stream = typeof(MetaSchemas).Assembly.GetManifestResourceStream($"json-schema.{name}.json")
            ?? throw new InvalidOperationException($"The meta-schema {name} is not in the assembly.");
        var text = new byte[stream.Length];
        stream.ReadExactly(text);
        return text;
    }
}
