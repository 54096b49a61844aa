namespace Baton.Server.Platform.JsonSchema.Compatibility;

/// <summary>One comparison: shows that nothing fulfils the older definition and the opposite of the newer one.</summary>
internal sealed class Comparison
{
    readonly Formula _older;
    readonly Formula _newer;
    readonly Evaluator _evaluator;
    readonly Refuter _refuter;

    public Comparison(
        ReadOnlyMemory<byte> older, ReadOnlyMemory<byte> newer, Func<string, byte[]?>? registered, Budget budget)
    {
        var factory = new FormulaFactory();
        var olderSource = new SchemaSource(older, registered);
        var newerSource = new SchemaSource(newer, registered);
        _older = new SchemaReader(olderSource, factory, isNewer: false, budget).ReadRoot();
        _newer = new SchemaReader(newerSource, factory, isNewer: true, budget).ReadRoot();
        _evaluator = new Evaluator(budget);
        var texts = ExampleTexts.Of(olderSource.Root.Element, newerSource.Root.Element);
        _refuter = new Refuter(factory, _evaluator, budget, texts);
    }

    public CompatibilityVerdict Decide()
    {
        if (_refuter.Open(new Literal(_older, Holds: true), new Literal(_newer, Holds: false)) is not { } opening)
            return CompatibilityVerdict.Compatible;
        if (opening.Witness is { } witness && IsProof(witness))
        {
            var refusal = new Refusal(_evaluator).Find(_newer, witness);
            return Explanation.Incompatible(refusal, witness.Json, opening.OpenMember);
        }

        return Explanation.Undecided(opening.Blame ?? _newer.Origin);
    }

    bool IsProof(Instance witness) =>
        _evaluator.Evaluate(_older, witness) == true && _evaluator.Evaluate(_newer, witness) == false;
}
