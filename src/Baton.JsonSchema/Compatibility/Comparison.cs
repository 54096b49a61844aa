using System.Text;
using Baton.JsonSchema.Compatibility.Formulas;
using Baton.JsonSchema.Compatibility.Reading;
using Baton.JsonSchema.Compatibility.Refutation;

namespace Baton.JsonSchema.Compatibility;

/// <summary>
/// One comparison: tries to show that nothing fulfils the older definition and the opposite of the newer one.
/// </summary>
internal sealed class Comparison
{
    readonly Side _olderSide;
    readonly Side _newerSide;
    readonly bool _isSame;
    readonly Formula _older;
    readonly Formula _newer;
    readonly Evaluator _evaluator;
    readonly Refuter _refuter;

    public Comparison(Side older, Side newer, Budget budget)
    {
        (_olderSide, _newerSide) = (older, newer);
        var factory = new FormulaFactory();
        var olderLinks = new SchemaLinks(older.Definition, older.Registered);
        var newerLinks = new SchemaLinks(newer.Definition, newer.Registered);
        // The same text means the same in both definitions only if its references do.
        var isShared = older.Registered == newer.Registered;
        Formula Read(SchemaLinks links, bool isNewer) =>
            new SchemaReader(links, factory, isNewer, budget) { AreOthersShared = isShared }.ReadRoot();

        _older = Read(olderLinks, isNewer: false);
        _newer = Read(newerLinks, isNewer: true);
        _isSame = isShared
            && Instance.Read(olderLinks.Root.Element).Json == Instance.Read(newerLinks.Root.Element).Json;
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
        var refusal = new Refusal(_evaluator).Find(_newer, witness);
        return Explanation.Incompatible(refusal, witness.Json, opening.OpenMember);
    }

    /// <summary>The validator has the last word on what would become invalid.</summary>
    bool IsProof(ReadOnlyMemory<byte> witness)
    {
        if (Violations(_olderSide, witness) is not { Count: 0 }) return false;
        return Violations(_newerSide, witness) is [var first, ..]
            && first.Keyword is not ("json" or "depth" or "duplicate" or "budget");
    }

    static IReadOnlyList<SchemaViolation>? Violations(Side side, ReadOnlyMemory<byte> document) =>
        CompiledSchema.Compile(side.Definition, side.Registered).Schema?.Validate(document, maxErrors: 1);

    /// <summary>A definition, and what its references mean.</summary>
    public readonly record struct Side(ReadOnlyMemory<byte> Definition, Func<string, byte[]?>? Registered);
}
