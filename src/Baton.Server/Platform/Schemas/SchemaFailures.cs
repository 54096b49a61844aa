using Baton.Contracts.Errors;
using Baton.JsonSchema;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;

namespace Baton.Server.Platform.Schemas;

/// <summary>Failures that all who use schemas answer in the same words.</summary>
internal static class SchemaFailures
{
    /// <summary>More would not help anybody to mend a document.</summary>
    public const int MaxViolations = 50;

    /// <summary>
    /// The failure if a schema does not exist, or is private to another: the answer must not tell the two apart.
    /// </summary>
    public static Failure NotFound(string asked) =>
        new(ErrorCodes.SchemaNotFound, $"There is no schema {InputText.Shorten(asked)}.");

    public static Failure WrongTarget(string name, string targetType, string target) => new(
        ErrorCodes.SchemaWrongTarget,
        $"The schema {name} has the target_type {targetType}: it cannot be bound to a {target}.");

    /// <param name="violations">At least one.</param>
    /// <param name="prefix">The pointer to the document within the request.</param>
    public static Failure Violation(IReadOnlyList<SchemaViolation> violations, string prefix) =>
        new(ErrorCodes.SchemaViolation, Place(prefix + violations[0].Pointer) + violations[0].Message)
        {
            Errors =
            [
                .. violations.Select(violation =>
                    new ProblemItem(prefix + violation.Pointer, violation.Message) { Keyword = violation.Keyword }),
            ],
        };

    static string Place(string pointer) => pointer.Length == 0 ? "" : $"{InputText.Shorten(pointer)}: ";
}
