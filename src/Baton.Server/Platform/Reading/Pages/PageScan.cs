using System.Data.Common;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Platform.Reading.Pages;

/// <summary>
/// Makes pages of a list. It looks at rows in the order of their places until a page is full: with as many items as
/// were asked for, or with <see cref="PageBounds.MaxBytes"/>. It ends after <see cref="PageBounds.MaxScanned"/> rows in
/// any case. The first thing asked about a row is whether it is there for the caller: a row that is not is on no page,
/// and fills none. Rows are read in steps, and each step is read to its end before its rows are looked at, because
/// PostgreSQL sends all rows of a statement, also those that nobody reads any more. It is made for one question, and
/// keeps nothing.
/// </summary>
/// <typeparam name="TRow">A row, or what is read of it.</typeparam>
internal sealed class PageScan<TRow>
{
    /// <summary>
    /// Makes the command that selects so many rows after a place, in their order. An empty place is before the first
    /// row. It is called for every step.
    /// </summary>
    public required Func<ReadSession, string, long, DbCommand> Select { get; init; }

    public required Func<DbDataReader, TRow> Read { get; init; }

    /// <summary>
    /// The place of a row in the order. No two rows have the same. It is the cursor of a page that ends with the row.
    /// </summary>
    public required Func<TRow, string> PlaceOf { get; init; }

    /// <summary>The resource of a row, for which access is asked.</summary>
    public required Func<TRow, string> ResourceOf { get; init; }

    /// <summary>Whether the row is there for anybody, which means that it is neither deleted nor expired.</summary>
    public required Func<TRow, bool> IsLive { get; init; }

    /// <summary>About how many bytes the item of a row takes on the page; at least as many as on the wire.</summary>
    public required Func<TRow, long> SizeOf { get; init; }

    /// <summary>Whether the caller looks for the row. By default it looks for every row.</summary>
    public Func<TRow, bool> Wants { get; init; } = static _ => true;

    /// <summary>
    /// Whether the caller looks for the row, where only a further statement can tell. It is asked last. Null: nothing
    /// more is asked.
    /// </summary>
    public Func<ReadSession, TRow, CancellationToken, ValueTask<bool>>? AlsoWants { get; init; }

    /// <summary>Reads a page. Each step of it is as of a moment of its own.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="action">The action for which access is asked: `stash.list`.</param>
    /// <param name="after">The place after which the page begins. Empty: it begins with the first row.</param>
    /// <param name="limit">The most items of the page, from 1.</param>
    public ValueTask<ScannedPage<TRow>> ReadAsync(Caller caller, string action, string after, int limit) =>
        caller.Reads.ReadAsync(
            (Scan: this, caller, action, after, limit),
            static (session, page, token) =>
                page.Scan.ReadAsync(session, page.caller, page.action, page.after, page.limit, token),
            caller.Aborted);

    /// <summary>
    /// Reads a page in a session that is open. All of it is as of one moment where the session has a snapshot.
    /// </summary>
    public async ValueTask<ScannedPage<TRow>> ReadAsync(
        ReadSession session, Caller caller, string action, string after, int limit,
        CancellationToken cancellation)
    {
        var (items, bytes, place) = (new List<TRow>(), 0L, after);
        // One more than the page holds: only then is there a next page.
        for (var (scanned, step) = (0, limit + 1); scanned < PageBounds.MaxScanned;)
        {
            var count = Math.Min(step, PageBounds.MaxScanned - scanned);
            var rows = await ReadStepAsync(session, place, count, cancellation);
            foreach (var row in rows)
            {
                if (IsLive(row) && caller.MaySee(action, ResourceOf(row)))
                {
                    if (items.Count == limit) return Full(items);
                    if (Wants(row) && (AlsoWants is null || await AlsoWants(session, row, cancellation)))
                    {
                        bytes += SizeOf(row);
                        // At least one, whatever its size: or nobody would get past it.
                        if (items.Count > 0 && bytes > PageBounds.MaxBytes) return Full(items);
                        items.Add(row);
                    }
                }

                place = PlaceOf(row);
            }

            if (rows.Count < count) return new ScannedPage<TRow>(items, Next: null);
            scanned += count;
            // Larger than the one before, where most rows are left out.
            step = Math.Min(step * 4, PageBounds.MaxStep);
        }

        return new ScannedPage<TRow>(items, place);
    }

    ScannedPage<TRow> Full(List<TRow> items) => new(items, PlaceOf(items[^1]));

    async ValueTask<List<TRow>> ReadStepAsync(
        ReadSession session, string place, int count, CancellationToken cancellation)
    {
        var rows = new List<TRow>();
        await using var reader = await Select(session, place, count).ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) rows.Add(Read(reader));
        return rows;
    }
}
