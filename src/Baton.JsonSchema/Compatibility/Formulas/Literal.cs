namespace Baton.JsonSchema.Compatibility.Formulas;

/// <summary>A formula, or its opposite.</summary>
internal readonly record struct Literal(Formula Formula, bool Holds)
{
    public int Key => Formula.Id * 2 + (Holds ? 1 : 0);

    public Literal Opposite => new(Formula, !Holds);
}
