namespace Baton.JsonSchema.Compatibility.Formulas;

/// <summary>The kinds of JSON values. Every value is of exactly one: 1.0 is an integer, 1.5 a fraction.</summary>
[Flags]
internal enum Kinds
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Integer = 4,
    Fraction = 8,
    String = 16,
    Array = 32,
    Object = 64,
    Number = Integer | Fraction,
    Any = Null | Boolean | Number | String | Array | Object,
}
