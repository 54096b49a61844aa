using System.Text.Json;

namespace Baton.JsonSchema.References;

/// <summary>
/// Finds out which dialect a `$schema` names: one of the two drafts, or one that a registered meta-schema makes of
/// them.
/// </summary>
internal sealed class DialectReader(Func<string, byte[]?> registered, SchemaSettings settings, FaultList faults)
{
    const int MaxSteps = 4;

    readonly Dictionary<string, Dialect?> _known = new(StringComparer.Ordinal);

    /// <summary>The dialect of a resource; that of its surroundings when it names none or a wrong one.</summary>
    public Dialect Read(JsonElement schema, SchemaDocument document, string pointer, Dialect around)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("$schema", out var value)) return around;
        if (value.ValueKind != JsonValueKind.String)
        {
            faults.Add(document, $"{pointer}/$schema", "$schema must be a string.");
            return around;
        }

        var uri = value.GetString()!;
        if (Find(uri, MaxSteps, out var problem) is { } dialect) return dialect;
        faults.Add(
            document,
            $"{pointer}/$schema",
            problem ?? $"The dialect '{uri}' is not known: use {Dialect.Draft202012Uri} or {Dialect.Draft7Uri}#.");
        return around;
    }

    Dialect? Find(string uri, int steps, out string? problem)
    {
        problem = null;
        if (Dialect.Of(uri) is { } standard) return standard;
        var key = uri.EndsWith('#') ? uri[..^1] : uri;
        if (steps == 0 || _known.TryGetValue(key, out var known) && known is null) return null;
        if (_known.GetValueOrDefault(key) is { } found) return found;
        _known[key] = null;
        return _known[key] = registered(key) is { } text ? Make(text, steps, out problem) : null;
    }

    /// <summary>What a meta-schema makes of the dialect that it is written in itself.</summary>
    Dialect? Make(byte[] text, int steps, out string? problem)
    {
        var root = SchemaResolver.Read(text, settings, out problem);
        if (root is not { ValueKind: JsonValueKind.Object } meta) return null;
        var basis = meta.TryGetProperty("$schema", out var schema) && schema.ValueKind == JsonValueKind.String
            ? Find(schema.GetString()!, steps - 1, out problem)
            : Dialect.Draft202012;
        if (basis is null || basis.IsDraft7 || !meta.TryGetProperty("$vocabulary", out var vocabulary)) return basis;
        if (vocabulary.ValueKind != JsonValueKind.Object) return basis;
        var listed = vocabulary.EnumerateObject()
            .Select(member => (member.Name, member.Value.ValueKind == JsonValueKind.True));
        var found = Dialect.VocabulariesOf(listed, out var unknown);
        if (unknown is not null) problem = $"The vocabulary '{unknown}' is required by the meta-schema, but not known.";
        return unknown is null ? basis with { Vocabularies = found } : null;
    }
}
