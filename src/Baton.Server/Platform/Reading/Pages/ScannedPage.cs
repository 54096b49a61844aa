using Baton.Contracts;

namespace Baton.Server.Platform.Reading.Pages;

/// <summary>The rows of a page that a <see cref="PageScan{TRow}"/> has found.</summary>
/// <param name="Rows">In the order of their places. It may be empty though there is a next page.</param>
/// <param name="Next">The place after which the next page begins; null: there is none.</param>
internal readonly record struct ScannedPage<TRow>(IReadOnlyList<TRow> Rows, string? Next)
{
    /// <summary>The page on the wire, with its place as the cursor.</summary>
    public Page<TItem> ToPage<TItem>(Func<TRow, TItem> toItem) => new([.. Rows.Select(toItem)], Next);
}
