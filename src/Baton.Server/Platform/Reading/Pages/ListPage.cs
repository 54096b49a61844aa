using Baton.Contracts;
using Baton.Contracts.Requests;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;

namespace Baton.Server.Platform.Reading.Pages;

/// <summary>The page of a list that a request asks for.</summary>
/// <param name="List">Which list: no other takes its cursors.</param>
/// <param name="After">The place after which the page begins; empty: it is the first.</param>
/// <param name="Limit">The most items.</param>
internal readonly record struct ListPage(string List, string After, int Limit)
{
    /// <summary>
    /// The page that a request asks for, or a failure of the request, if its cursor is none of this list.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="action">`stash.list`.</param>
    /// <param name="within">What the request narrows the list to; empty: nothing.</param>
    public static Outcome<ListPage> Of(PageRequest request, string action, string within = "")
    {
        var list = within.Length == 0 ? action : $"{action}/{within}";
        var limit = (int)(request.Limit ?? PageRequest.DefaultLimit);
        if (request.Cursor is not { } cursor) return new ListPage(list, "", limit);
        return ListCursor.PlaceOf(list, cursor) is { } place && Names.IsStorable(place)
            ? new ListPage(list, place, limit)
            : WrongCursor(request);
    }

    /// <summary>Why a cursor is refused: no page of this list has given it.</summary>
    public static Failure WrongCursor(PageRequest request)
    {
        var errors = new InputErrors();
        errors.Add(
            "/cursor",
            $"`cursor` is \"{InputText.Shorten(request.Cursor!)}\", but must be `next_cursor` of a page of this list, "
            + "as it came; without it the list begins with its first page.");
        return errors.ToFailure() with { IsOfRequest = true };
    }

    /// <summary>The cursor of the page that begins after a place; null for none.</summary>
    public string? CursorOf(string? place) => place is null ? null : ListCursor.Of(List, place);

    /// <summary>The page on the wire.</summary>
    public Page<TItem> Answer<TRow, TItem>(ScannedPage<TRow> found, Func<TRow, TItem> toItem) =>
        new([.. found.Rows.Select(toItem)], CursorOf(found.Next));
}
