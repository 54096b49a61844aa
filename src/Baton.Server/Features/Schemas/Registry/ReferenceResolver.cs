using System.Text.Json;
using Baton.JsonSchema;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Schemas;

namespace Baton.Server.Features.Schemas.Registry;

/// <summary>
/// Compiles a definition that is to be registered, and finds out which registered schemas its references mean: those
/// by `baton:schema/NAME` and by an absolute `$id` the newest version there is now, for good; those by
/// `baton:schema/sch_…` that version. What the schemas that are referred to refer to means what it meant when they
/// were registered. Used for one registration.
/// </summary>
internal sealed class ReferenceResolver(
    SchemaFinder finder, SchemaRegistry registry, Actor actor, string action, bool isPublic)
{
    const string Scheme = "baton:schema/";

    readonly List<SchemaFault> _faults = [];
    readonly Dictionary<string, string> _pins = new(StringComparer.Ordinal);
    readonly Dictionary<string, byte[]> _definitions = new(StringComparer.Ordinal);

    // What the references of the schemas that were found mean, as it was fixed when those were registered.
    readonly Dictionary<string, string> _inherited = new(StringComparer.Ordinal);
    readonly HashSet<string> _unknown = new(StringComparer.Ordinal);
    long _bytes;

    /// <summary>What each reference means: the schema's id, by URI.</summary>
    public IReadOnlyDictionary<string, string> Pins => _pins;

    /// <summary>The definitions that are referred to, by URI.</summary>
    public byte[]? Definition(string uri) => _definitions.GetValueOrDefault(uri);

    /// <summary>
    /// Compiles the definition, and answers everything that is wrong with it; nothing if it can be registered.
    /// </summary>
    public async ValueTask<IReadOnlyList<SchemaFault>> CompileAsync(byte[] definition, CancellationToken cancellation)
    {
        _bytes = definition.Length;
        for (var isDirect = true; ; isDirect = false)
        {
            var missing = new SortedSet<string>(StringComparer.Ordinal);
            var compilation = CompiledSchema.Compile(definition, uri =>
            {
                if (_definitions.TryGetValue(uri, out var known)) return known;
                missing.Add(uri);
                return null;
            });
            missing.ExceptWith(_unknown);
            if (missing.Count == 0 || _faults.Count > 0) return [.. _faults, .. compilation.Faults];
            foreach (var uri in missing)
            {
                // In the first round only the definition itself has references that are missing; in later rounds only
                // the schemas that were found have.
                if (await FindAsync(uri, isDirect, cancellation) is not { } found) _unknown.Add(uri);
                else if (!await AddAsync(uri, found, cancellation)) return _faults;
            }
        }
    }

    async ValueTask<string?> FindAsync(string uri, bool isDirect, CancellationToken cancellation)
    {
        if (!isDirect) return _inherited.GetValueOrDefault(uri);
        if (uri.Length > SchemaOptions.MaxUriLength || uri.Any(char.IsControl)) return null;
        var row = await FindRowAsync(uri, cancellation);
        if (row is null || !isPublic || row.Bound.IsPublic) return row?.SchemaId;
        Fault($"`{uri}` is private: a public schema can refer to public ones only.");
        return null;
    }

    async ValueTask<SchemaRow?> FindRowAsync(string uri, CancellationToken cancellation)
    {
        var workspaceId = actor.WorkspaceId;
        if (!uri.StartsWith(Scheme, StringComparison.Ordinal))
            return await finder.FindByUriAsync(workspaceId, uri, isPublic ? "" : actor.Name, cancellation);
        var idOrName = uri[Scheme.Length..];
        // A public schema refers to the public one, even if its maker has a private one of the same name.
        if (isPublic && !SchemaIds.IsId(idOrName)
            && await finder.FindNameAsync(workspaceId, idOrName, owner: "", cancellation) is { } name)
            return await registry.FindAsync(actor, action, name.NewestId, cancellation);
        return await finder.FindAsync(actor, action, idOrName, cancellation);
    }

    async ValueTask<bool> AddAsync(string uri, string schemaId, CancellationToken cancellation)
    {
        var row = await registry.ReadDefinitionAsync(new SchemaKey(actor.WorkspaceId, schemaId), cancellation);
        if (row is null) return Fault($"`{uri}` was deleted just now.");
        _pins.Add(uri, schemaId);
        _definitions.Add(uri, row.Definition);
        _bytes += row.Definition.Length;
        if (_pins.Count > SchemaOptions.MaxReferences)
            return Fault($"It refers to more than {SchemaOptions.MaxReferences} schemas.");
        if (_bytes > SchemaOptions.MaxReferencedBytes)
            return Fault($"With all that it refers to it has more than {SchemaOptions.MaxReferencedBytes} bytes.");
        foreach (var (inner, meant) in SchemaPins.Parse(row.Pins))
        {
            if (_pins.GetValueOrDefault(inner, meant) != meant || _inherited.GetValueOrDefault(inner, meant) != meant)
                return Fault(
                    $"`{inner}` means another version within `{uri}`, which was registered earlier: refer to it by "
                    + $"`{Scheme}sch_…`, or register `{uri}` again first.");
            _inherited.TryAdd(inner, meant);
        }

        return true;
    }

    bool Fault(string message)
    {
        _faults.Add(new SchemaFault("", message));
        return false;
    }

    /// <summary>The absolute `$id` of a definition, by which others can refer to it; empty for none.</summary>
    public static string UriOf(JsonElement definition)
    {
        if (definition.ValueKind != JsonValueKind.Object
            || !definition.TryGetProperty("$id", out var id) || id.ValueKind != JsonValueKind.String)
            return "";
        var uri = id.GetString()!.TrimEnd('#');
        var isUsable = uri.Length <= SchemaOptions.MaxUriLength && !uri.Contains('#', StringComparison.Ordinal)
            && uri.Contains(':', StringComparison.Ordinal) && Uri.TryCreate(uri, UriKind.Absolute, out _)
            && !uri.StartsWith(Scheme, StringComparison.Ordinal) && !uri.Any(char.IsControl);
        return isUsable ? uri : "";
    }
}
