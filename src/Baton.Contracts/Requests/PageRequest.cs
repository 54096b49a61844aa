using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Baton.Contracts.Requests;

/// <summary>A read of a list, one page at a time.</summary>
public abstract record PageRequest : IReadRequest
{
    /// <summary>The most items of a page where the request names no limit.</summary>
    public const int DefaultLimit = 50;

    /// <summary>The most items of a page; the least is 1.</summary>
    public const int MaxLimit = 1000;

    /// <summary>
    /// The most characters of a cursor; the least is 1. The longest place, which is a namespace with a key, fits in.
    /// </summary>
    public const int MaxCursorLength = 1400;

    /// <summary>The most items of the page, from 1 to 1000.</summary>
    [InQuery]
    [Range(1, MaxLimit)]
    [DefaultValue(DefaultLimit)]
    public long? Limit { get; init; }

    /// <summary>
    /// The `next_cursor` of the page before, as it came; the page begins behind it. Only the same list takes it.
    /// Without it: the first page.
    /// </summary>
    [InQuery]
    [StringLength(MaxCursorLength, MinimumLength = 1)]
    [CursorForm]
    public string? Cursor { get; init; }
}
