using System.Data.Common;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Platform.Reading;

/// <summary>
/// How a list looks at rows, in the order of their places, until a page of them is full. It is full with as many items
/// as were asked for, or with <see cref="PageBounds.MaxBytes"/>, and ends after <see cref="PageBounds.MaxScanned"/>
/// rows in any case. Whether a row is there for the caller is asked first: one that is not is in no page, and makes
/// none full. Rows are read a step at a time, each step to its end before its rows are looked at: PostgreSQL sends all
/// rows of a statement, also those that nobody reads any more. Made for one question; owns nothing.
/// </summary>
/// <typeparam name="TRow">A row, or what is read of it.</typeparam>
internal sealed class PageScan<TRow>
{
    /// <summary>
    /// The command for so many rows after a place (empty: from the first on), in order. Called for every step.
    /// </summary>
    public required Func<ReadSession, string, long, DbCommand> Select { get; init; }

    public required Func<DbDataReader, TRow> Read { get; init; }

    /// <summary>Where a row is: no two rows are in one place. The cursor of a page that ends with it.</summary>
    public required Func<TRow, string> PlaceOf { get; init; }

    /// <summary>The resource that access is asked for.</summary>
    public required Func<TRow, string> ResourceOf { get; init; }

    /// <summary>Whether it is there for anybody: neither deleted nor expired.</summary>
    public required Func<TRow, bool> IsLive { get; init; }

    /// <summary>Bytes that its item takes of the page, roughly; at least what it is on the wire.</summary>
    public required Func<TRow, long> SizeOf { get; init; }

    /// <summary>What the caller looks for; by default everything.</summary>
    public Func<TRow, bool> Wants { get; init; } = static _ => true;

    /// <summary>What only a further statement tells of a row that is wanted so far; null: nothing.</summary>
    public Func<ReadSession, TRow, CancellationToken, ValueTask<bool>>? AlsoWants { get; init; }

    /// <summary>A page, each step of it as of its own moment.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="action">For the access filter: `stash.list`.</param>
    /// <param name="after">The place after which the page begins; empty: with the first row.</param>
    /// <param name="limit">The most items.</param>
    public ValueTask<ScannedPage<TRow>> ReadAsync(Caller caller, string action, string after, int limit) =>
        caller.Reads.ReadAsync(
            (Scan: this, caller, action, after, limit),
            static (session, page, token) =>
                page.Scan.ReadAsync(session, page.caller, page.action, page.after, page.limit, token),
            caller.Aborted);

    /// <summary>As the other, in a session that is open: of one moment, where it has a snapshot.</summary>
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
