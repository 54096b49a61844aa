using System.Text;

namespace Baton.Server.Platform.JsonSchema.Compatibility;

/// <summary>One comparison: tries to show that nothing fulfils the older definition and the opposite of the newer one.</summary>
internal sealed class Comparison
{
    readonly ReadOnlyMemory<byte> _olderText;
    readonly ReadOnlyMemory<byte> _newerText;
    readonly Func<string, byte[]?>? _registered;
    readonly bool _isSame;
    readonly Formula _older;
    readonly Formula _newer;
    readonly Evaluator _evaluator;
    readonly Refuter _refuter;

    public Comparison(
        ReadOnlyMemory<byte> older, ReadOnlyMemory<byte> newer, Func<string, byte[]?>? registered, Budget budget)
    {
        (_olderText, _newerText, _registered) = (older, newer, registered);
        var factory = new FormulaFactory();
        var olderLinks = new SchemaLinks(older, registered);
        var newerLinks = new SchemaLinks(newer, registered);
        _older = new SchemaReader(olderLinks, factory, isNewer: false, budget).ReadRoot();
        _newer = new SchemaReader(newerLinks, factory, isNewer: true, budget).ReadRoot();
        _isSame = Instance.Read(olderLinks.Root.Element).Json == Instance.Read(newerLinks.Root.Element).Json;
        _evaluator = new Evaluator(new TextRules(budget), budget);
        var texts = ExampleTexts.Of(olderLinks.Root.Element, newerLinks.Root.Element);
        _refuter = new Refuter(factory, _evaluator, budget, texts);
    }

    public CompatibilityVerdict Decide()
    {
        if (_isSame) return CompatibilityVerdict.Compatible;
        if (_refuter.Open(new Literal(_older, Holds: true), new Literal(_newer, Holds: false)) is not { } opening)
            return CompatibilityVerdict.Compatible;
        if (opening.Witness is not { } witness || !IsProof(Encoding.UTF8.GetBytes(witness.Json)))
            return Explanation.Undecided(opening.Blame ?? _newer.Origin);
        return Explanation.Incompatible(new Refusal(_evaluator).Find(_newer, witness), witness.Json, opening.OpenMember);
    }

    /// <summary>The validator has the last word on what would become invalid.</summary>
    bool IsProof(ReadOnlyMemory<byte> witness)
    {
        if (Violations(_olderText, witness) is not { Count: 0 } || Violations(_newerText, witness) is not [var first, ..])
            return false;
        return first.Keyword is not ("json" or "depth" or "duplicate" or "budget");
    }

    IReadOnlyList<SchemaViolation>? Violations(ReadOnlyMemory<byte> definition, ReadOnlyMemory<byte> document) =>
        CompiledSchema.Compile(definition, _registered).Schema?.Validate(document, maxErrors: 1);
}
