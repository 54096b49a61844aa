namespace Baton.JsonSchema.References;

/// <summary>Groups of keywords that a dialect of draft 2020-12 may have or not. Draft 7 has them all.</summary>
[Flags]
internal enum Vocabularies
{
    None = 0,
    Applicator = 1,
    Unevaluated = 2,
    Validation = 4,
    FormatAssertion = 8,
    All = Applicator | Unevaluated | Validation,
}
