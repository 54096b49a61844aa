using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Streams;

/// <summary>What reads of a stream's entries have in common.</summary>
public abstract record StreamEntriesRequest : StreamReadRequest
{
    /// <summary>
    /// Where to begin: behind the place of a `next_after` or an event's `id`, or behind the entry of a number; `now`:
    /// behind the newest. A place beyond the newest entry is a 409 `cursor.ahead`, and one of another stream a 409
    /// `stream.cursor_mismatch`. Without it: before the oldest.
    /// </summary>
    [InQuery]
    [StreamPlaceForm]
    public string? After { get; init; }

    /// <summary>
    /// Only entries with this label, of 1 to 128 characters without control characters. Without it: all.
    /// </summary>
    [InQuery]
    [StringLength(AppendToStreamRequest.MaxLabelLength, MinimumLength = 1)]
    [LabelForm]
    public string? Label { get; init; }

    /// <summary>
    /// Whether to tell the `salt` of each append, on the first of its entries, to check the ledger. Without it: no.
    /// </summary>
    [InQuery]
    public bool? Full { get; init; }
}
