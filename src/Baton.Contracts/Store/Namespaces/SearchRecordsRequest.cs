using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Finds a text in the values of records, over many namespaces.</summary>
public sealed record SearchRecordsRequest : PageRequest
{
    /// <summary>Characters of a text to find, from 1.</summary>
    public const int MaxTextLength = 256;

    /// <summary>The text; needed.</summary>
    [InQuery]
    [StringLength(MaxTextLength, MinimumLength = 1)]
    public required string Q { get; init; }

    /// <summary>Only in namespaces that begin so.</summary>
    [InQuery]
    [PrefixForm]
    public string? Prefix { get; init; }
}
