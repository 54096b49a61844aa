using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Baton.Contracts.Requests;

/// <summary>A read of a list, a page at a time.</summary>
public abstract record PageRequest : IReadRequest
{
    /// <summary>Items of a page without a limit.</summary>
    public const int DefaultLimit = 50;

    /// <summary>Items of a page, from 1.</summary>
    public const int MaxLimit = 1000;

    /// <summary>Characters of a cursor, from 1: the longest place, a namespace and a key, fits in.</summary>
    public const int MaxCursorLength = 1400;

    /// <summary>At most so many items.</summary>
    [InQuery]
    [Range(1, MaxLimit)]
    [DefaultValue(DefaultLimit)]
    public long? Limit { get; init; }

    /// <summary>`next_cursor` of the page before, as it came. Only this list takes it.</summary>
    [InQuery]
    [StringLength(MaxCursorLength, MinimumLength = 1)]
    [CursorForm]
    public string? Cursor { get; init; }
}
