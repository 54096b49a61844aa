using Baton.Contracts;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Http.Specs;
using Baton.Server.Platform.Reading.Pages;

namespace Baton.Server.Platform.Http.Parameters;

/// <summary>
/// The parameters of lists: `limit`, and `cursor`, which is the place that the page before has reached, for this list
/// only (<see cref="ListCursor"/>).
/// </summary>
internal static class Paging
{
    public const int DefaultLimit = 50;

    /// <summary>The most characters of a cursor: the longest place, a namespace and a key, fits in.</summary>
    const int MaxCursorLength = 1400;

    public static readonly ParameterSpec Limit = new("limit", "integer", "At most so many items.")
    {
        Minimum = 1,
        Maximum = PageBounds.MaxItems,
        Default = DefaultLimit,
    };

    public static readonly ParameterSpec Cursor = new(
        "cursor", "string", "`next_cursor` of the page before, as it came. Only this list takes it.")
    {
        MinLength = 1,
        MaxLength = MaxCursorLength,
        Pattern = "^[A-Za-z0-9_-]+$",
    };

    public static int ReadLimit(HttpCall call) =>
        (int)(call.Query.Integer("limit", minimum: 1, PageBounds.MaxItems) ?? DefaultLimit);

    /// <summary>The place after which the page begins; null: it is the first.</summary>
    /// <param name="call">The request.</param>
    /// <param name="within">What the path narrows the list to; empty: nothing.</param>
    public static (int Limit, string? Place) Read(HttpCall call, string within = "")
    {
        string? place = null;
        if (call.Query.Text("cursor") is { } cursor)
        {
            if (cursor.Length <= MaxCursorLength) place = ListCursor.PlaceOf(NameOf(call.Spec.Action, within), cursor);
            if (place is null || !Names.IsStorable(place)) Refuse(call);
        }

        return (ReadLimit(call), place);
    }

    /// <summary>Notes that the request's cursor is not one of this list.</summary>
    public static void Refuse(HttpCall call) => call.Errors.Add(
        "query:cursor",
        $"`cursor` is \"{InputText.Shorten(call.Query.Text("cursor")!)}\", but must be `next_cursor` of a page of "
        + "this list, as it came; without it the list begins with its first page.");

    /// <summary>The cursor of the page that begins after a place; null for none.</summary>
    public static string? CursorOf(string action, string? place, string within = "") =>
        place is null ? null : ListCursor.Of(NameOf(action, within), place);

    /// <summary>
    /// Answers a page whose `next_cursor` is still the place that it has reached, or gives the failure.
    /// </summary>
    public static async ValueTask<Failure?> AnswerAsync<T>(HttpCall call, Outcome<Page<T>> found, string within = "")
    {
        if (found.Failure is { } failure) return failure;
        var page = found.Value!;
        await call.AnswerAsync(
            200, page with { NextCursor = CursorOf(call.Spec.Action, page.NextCursor, within) });
        return null;
    }

    static string NameOf(string action, string within) => within.Length == 0 ? action : $"{action}/{within}";
}
