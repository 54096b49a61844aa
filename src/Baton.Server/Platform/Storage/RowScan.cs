using System.Data.Common;

namespace Baton.Server.Platform.Storage;

/// <summary>
/// Looks at rows in the order of their keys until a page is full, a step at a time: PostgreSQL sends all rows of a
/// statement, also those that nobody reads any more, and closing a reader waits for them.
/// </summary>
internal static class RowScan
{
    /// <summary>
    /// A step is larger than the one before, where a filter leaves most rows out; but not larger than this.
    /// </summary>
    public const int MaxStep = 1000;

    /// <summary>A page of what is wanted of the rows after a cursor.</summary>
    /// <typeparam name="TItem">What the page holds.</typeparam>
    /// <param name="cursor">The key after which the rows come.</param>
    /// <param name="limit">The most items.</param>
    /// <param name="maxScanned">The most rows to look at.</param>
    /// <param name="select">The command for so many rows after a cursor, in order.</param>
    /// <param name="read">A row's cursor, and what is wanted of it; null: nothing.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The items, and the cursor of the next page; null: there is none.</returns>
    public static async ValueTask<(List<TItem> Items, string? Next)> PageAsync<TItem>(
        string cursor,
        int limit,
        int maxScanned,
        Func<string, long, DbCommand> select,
        Func<DbDataReader, (string Cursor, TItem? Item)> read,
        CancellationToken cancellation)
        where TItem : class
    {
        var items = new List<TItem>();
        // One more than the page holds: only then is there a next page.
        for (var (scanned, step) = (0, limit + 1); scanned < maxScanned; step = Math.Min(step * 4, MaxStep))
        {
            var (wanted, count) = (Math.Min(step, maxScanned - scanned), 0);
            await using var reader = await select(cursor, wanted).ExecuteReaderAsync(cancellation);
            for (; await reader.ReadAsync(cancellation); count++)
            {
                if (items.Count == limit) return (items, cursor);
                (cursor, var item) = read(reader);
                if (item is not null) items.Add(item);
            }

            if (count < wanted) return (items, null);
            scanned += count;
        }

        return (items, cursor);
    }
}
