using Baton.JsonSchema.Checks;
using Baton.JsonSchema.Compilation;
using Baton.JsonSchema.Documents;
using Baton.JsonSchema.References;

namespace Baton.JsonSchema;

/// <summary>
/// A JSON Schema (draft 7 or 2020-12) compiled once into a tree of checks over UTF-8 JSON. Immutable, safe for
/// concurrent use. Which draft stands in `$schema`; without one it is 2020-12.
/// </summary>
public sealed class CompiledSchema
{
    readonly SchemaNode _root;
    readonly SchemaSettings _settings;

    CompiledSchema(SchemaNode root, SchemaSettings settings)
    {
        (_root, _settings) = (root, settings);
    }

    /// <summary>
    /// Compiles a definition; every fault names its place. Nothing is ever fetched: a `$ref` to another document is
    /// looked up in `registered` only, by absolute URI without fragment. The meta-schemas of both drafts are always
    /// there.
    /// </summary>
    public static SchemaCompilation Compile(
        ReadOnlyMemory<byte> definition,
        Func<string, byte[]?>? registered = null,
        SchemaSettings? settings = null)
    {
        settings ??= SchemaSettings.Default;
        if (SchemaResolver.ReadDefinition(definition.Span, settings, out var unreadable) is not { } root)
            return new SchemaCompilation(Schema: null, [unreadable!]);
        var faults = new FaultList(settings.MaxFaults);
        var resolver = new SchemaResolver(root, registered, settings, faults);
        var node = new SchemaCompiler(resolver, settings, faults).Compile();
        return faults.IsEmpty
            ? new SchemaCompilation(new CompiledSchema(node, settings), [])
            : new SchemaCompilation(Schema: null, faults.All);
    }

    /// <summary>
    /// Empty when the document is valid; else at most `maxErrors` violations. A document that is no JSON, is nested too
    /// deeply, has a name twice in one object or takes too much work is one violation.
    /// </summary>
    public IReadOnlyList<SchemaViolation> Validate(ReadOnlyMemory<byte> document, int maxErrors = 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxErrors, other: 1);
        using var tokens = JsonParser.Parse(document.Span, _settings.MaxDocumentDepth, out var fault);
        if (fault is not null) return [new SchemaViolation(fault.Pointer, fault.Keyword, fault.Message)];
        var view = new JsonView(document.Span, tokens.Written);
        var quick = new Evaluation(view, _settings, violations: null);
        var isValid = _root.Accepts(ref quick, token: 0);
        if (quick.Refused is { } refused)
            return [new SchemaViolation(view.PointerOf(refused.Token), refused.Keyword, refused.Message)];
        return isValid ? [] : Collect(view, maxErrors);
    }

    IReadOnlyList<SchemaViolation> Collect(JsonView view, int maxErrors)
    {
        var violations = new ViolationList(maxErrors);
        var evaluation = new Evaluation(view, _settings, violations);
        _root.Accepts(ref evaluation, token: 0);
        // Collecting takes more work than finding the first; what was found by then is enough.
        if (violations.Count == 0 && evaluation.Refused is var (token, keyword, message))
            violations.Add(token, keyword, message);
        return violations.Count > 0
            ? violations.At(view)
            : throw new InvalidOperationException("A document was refused, but nothing is wrong with it.");
    }
}
