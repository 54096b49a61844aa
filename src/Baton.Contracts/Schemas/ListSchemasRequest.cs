using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Schemas;

/// <summary>Lists the newest version of every schema, by name.</summary>
public sealed record ListSchemasRequest : PageRequest
{
    /// <summary>The most characters of the text that is looked for.</summary>
    public const int MaxTextLength = 128;

    /// <summary>
    /// Only schemas that have this text, of at most 128 characters, in their name or description are shown; capitals do
    /// not matter.
    /// </summary>
    [InQuery]
    [StringLength(MaxTextLength)]
    public string? Q { get; init; }
}
