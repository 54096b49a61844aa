using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Json;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Discovery;

/// <summary>Finds what is discoverable.</summary>
public sealed record DiscoverRequest : PageRequest
{
    /// <summary>The most characters of a text, or of what a filter asks for.</summary>
    public const int MaxTextLength = 128;

    /// <summary>Only things of this type are shown.</summary>
    [InQuery]
    [DeclaredValues(DeclaredValues.DiscoverableTypes)]
    public string? Type { get; init; }

    /// <summary>
    /// Only what has this text, of at most 128 characters, in its name or description is shown; capitals do not matter.
    /// </summary>
    [InQuery]
    [StringLength(MaxTextLength)]
    public string? Q { get; init; }

    /// <summary>
    /// What else is asked, by the names of the filters that types of things declare. HTTP carries each by its name.
    /// </summary>
    [InQuery]
    [StringLength(MaxTextLength)]
    public IReadOnlyDictionary<string, string>? Filters { get; init; }
}
