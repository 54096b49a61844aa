namespace Baton.Server.Platform.Http;

/// <summary>The parameters of lists: `limit`, and `cursor`, which holds the last key of the page before.</summary>
internal static class Paging
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 1000;

    /// <summary>A page ends here even when it has fewer items than `limit`.</summary>
    public const int MaxPageBytes = 4 * 1024 * 1024;

    const int MaxCursorLength = 1024;

    public static readonly ParameterSpec Limit = new("limit", "integer", "At most so many items.")
    {
        Minimum = 1,
        Maximum = MaxLimit,
        Default = DefaultLimit,
    };

    public static readonly ParameterSpec Cursor = new("cursor", "string", "`next_cursor` of the page before.")
    {
        MinLength = 1,
        MaxLength = MaxCursorLength,
    };

    public static int ReadLimit(Call call) => (int)(call.Query.Integer("limit", minimum: 1, MaxLimit) ?? DefaultLimit);

    public static (int Limit, string? Cursor) Read(Call call)
    {
        var cursor = call.Query.Text("cursor");
        // No store has a control character in what it sorts by, and PostgreSQL takes no NUL.
        if (cursor is "" or { Length: > MaxCursorLength } || cursor?.Any(char.IsControl) == true)
            call.Errors.Add(
                "query:cursor", $"`cursor` must be the `next_cursor` of a page, 1 to {MaxCursorLength} characters.");
        return (ReadLimit(call), cursor);
    }
}
