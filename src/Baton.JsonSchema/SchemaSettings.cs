namespace Baton.JsonSchema;

/// <summary>
/// What is asserted, and what bounds the work that a definition or a document can cause. Baton uses the defaults. A
/// setting that is out of its range is a mistake of the caller, and is not looked for. The bytes of definitions and
/// documents are for the caller to bound.
/// </summary>
public sealed record SchemaSettings
{
    public static readonly SchemaSettings Default = new();

    /// <summary>
    /// Whether `format` is checked, for the formats that are known; the others are annotations. Default: true.
    /// </summary>
    public bool AssertFormats { get; init; } = true;

    /// <summary>Levels of arrays and objects in a definition. Default 128, from 1 to 1024.</summary>
    public int MaxDefinitionDepth { get; init; } = 128;

    /// <summary>Other documents that a definition can draw in through references. Default 100, from 0.</summary>
    public int MaxReferredDocuments { get; init; } = 100;

    /// <summary>Schemas in a definition and all that it draws in. Default 100,000, from 1.</summary>
    public int MaxSubschemas { get; init; } = 100_000;

    /// <summary>Faults that are reported of one definition. Default 20, from 1.</summary>
    public int MaxFaults { get; init; } = 20;

    /// <summary>Characters of one regular expression. Default 4,096, from 1.</summary>
    public int MaxPatternChars { get; init; } = 4_096;

    /// <summary>
    /// Characters of all different regular expressions of a definition and what it draws in. Default 32,768, from 1.
    /// </summary>
    public int MaxAllPatternChars { get; init; } = 32_768;

    /// <summary>Levels of arrays and objects in a document. Default 256, from 1 to 1024.</summary>
    public int MaxDocumentDepth { get; init; } = 256;

    /// <summary>
    /// Schemas inside of each other on the way to one value, references included. Default 2,048, from 1.
    /// </summary>
    public int MaxEvaluationDepth { get; init; } = 2_048;

    /// <summary>
    /// Checks that one validation can make (a schema met with a value, a name looked at, 16 bytes of a text matched):
    /// this many, <see cref="MaxChecksPerToken"/> for each value or name in the document, and
    /// <see cref="MaxChecksPerByte"/> for each byte. Default 5,000,000, which is tens of milliseconds; from 1.
    /// </summary>
    public long MaxChecks { get; init; } = 5_000_000;

    /// <summary>
    /// Checks for each value or name in the document, added to <see cref="MaxChecks"/>. Default 100, from 0.
    /// </summary>
    public long MaxChecksPerToken { get; init; } = 100;

    /// <summary>
    /// Checks for each byte of the document, added to <see cref="MaxChecks"/>. Default 2, so that a text can be
    /// matched 32 times; from 0.
    /// </summary>
    public long MaxChecksPerByte { get; init; } = 2;

    /// <summary>
    /// The most that <see cref="MaxChecks"/> and what is added to it come to, however large the document is. Default
    /// 250,000,000, which is seconds; from 1.
    /// </summary>
    public long MaxChecksEver { get; init; } = 250_000_000;

    /// <summary>
    /// How long one match of a regular expression that needs backtracking can take. Default 250 ms, more than 0.
    /// </summary>
    public TimeSpan PatternTimeout { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How long all matches of regular expressions can take in one validation: this, and
    /// <see cref="PatternBudgetPerMebibyte"/> for each MiB of the document. Default 1 s, more than 0.
    /// </summary>
    public TimeSpan PatternBudget { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Time for each MiB of the document, added to <see cref="PatternBudget"/>. Default 200 ms, from 0.
    /// </summary>
    public TimeSpan PatternBudgetPerMebibyte { get; init; } = TimeSpan.FromMilliseconds(200);
}
