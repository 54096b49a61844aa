using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Baton.Contracts.Streams;

/// <summary>One entry to append. The body of `POST /stream/{id}` is one of these, or an array of 1 to 1000.</summary>
public sealed record AppendEntry
{
    /// <summary>
    /// Any JSON value, `null` too. It is kept as it is sent: digits of numbers, order of members, white space.
    /// </summary>
    public required JsonElement Data { get; init; }

    /// <summary>
    /// What readers select entries by: 1 to 128 characters without control characters. Null: no label.
    /// </summary>
    [StringLength(AppendToStreamRequest.MaxLabelLength, MinimumLength = 1)]
    public string? Label { get; init; }
}
