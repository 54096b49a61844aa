using System.Text.Json.Serialization;

namespace Baton.Contracts.Errors;

/// <summary>One place of the input that is wrong.</summary>
/// <param name="Pointer">
/// Where it is: a JSON pointer into the body (`/name`), or `query:name`, `header:Name` or `path:name`.
/// </param>
/// <param name="Message">What is wrong there, with the value that is at fault and the limit.</param>
public sealed record ProblemItem(string Pointer, string Message)
{
    /// <summary>
    /// With 422 `schema.violation`: the keyword of the schema that the document does not fulfil, such as `required`.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Keyword { get; init; }
}
