using System.Data;
using System.Globalization;
using Baton.Server.Platform.Storage.Readers;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Platform.Storage.Copying;

/// <summary>
/// The content of a table in one of the two databases: the number of rows, and the digest over them in the order of
/// their keys.
/// </summary>
internal sealed record TableContent(string Table, long Rows, string Digest);

/// <summary>
/// Copies all tables, row by row in constant memory, and compares what was read from the source with what the target
/// then holds.
/// </summary>
internal static class DatabaseCopy
{
    /// <summary>
    /// Throws <see cref="DatabaseRefusedException"/> when the target does not hold what the source does.
    /// </summary>
    public static async Task<IReadOnlyList<TableContent>> RunAsync(
        ICopySide source, ICopyTarget target, CopyProgress progress, CancellationToken cancellation)
    {
        var counts = new List<long>();
        foreach (var table in StoredTable.All) counts.Add(await CountAsync(source, table, cancellation));
        progress.Total = 2 * counts.Sum();
        await target.BeginAsync(cancellation);
        var copied = new List<TableContent>();
        foreach (var table in StoredTable.All)
        {
            var content = await CopyAsync(source, target, table, progress, cancellation);
            progress.Tell(string.Create(CultureInfo.InvariantCulture, $"copied {table.Name}: {content.Rows} rows"));
            copied.Add(content);
        }

        await target.LoadedAsync(cancellation);
        foreach (var (table, content, count) in StoredTable.All.Zip(copied, counts))
        {
            var found = await ReadAsync(target, table, [], $"comparing {table.Name}", progress, cancellation);
            if (found != content || count != content.Rows)
                throw new DatabaseRefusedException(
                    $"The copy of table {table.Name} is not equal: of {count} rows {content.Rows} were read with "
                    + $"digest {content.Digest}, and {found.Rows} with {found.Digest} are there. Copy again.");
            progress.Tell(string.Create(
                CultureInfo.InvariantCulture, $"equal {table.Name}: {found.Rows} rows, sha-256 {found.Digest}"));
        }

        return copied;
    }

    /// <summary>The first table that has a row; null: there is none.</summary>
    public static async ValueTask<string?> FindFilledAsync(IReads side, CancellationToken cancellation)
    {
        foreach (var table in StoredTable.All)
        {
            var isFilled = await side.ReadAsync(table, static async (session, table, token) =>
            {
                await using var command = session.Connection.CreateCommand();
                command.CommandText = $"SELECT 1 FROM {table.Name} LIMIT 1";
                return await command.ExecuteScalarAsync(token) is not null;
            }, cancellation);
            if (isFilled) return table.Name;
        }

        return null;
    }

    static async Task<TableContent> CopyAsync(
        ICopySide source, ICopyTarget target, StoredTable table, CopyProgress progress, CancellationToken cancellation)
    {
        await using var writer = await target.WriteAsync(table, cancellation);
        var content = await ReadAsync(
            source, table, [writer], $"copying {table.Name}", progress, cancellation);
        await writer.CompleteAsync(cancellation);
        return content;
    }

    static ValueTask<TableContent> ReadAsync(
        IReads side, StoredTable table, IRowWriter[] writers, string doing, CopyProgress progress,
        CancellationToken cancellation) =>
        side.ReadAsync((table, writers, doing, progress), static async (session, work, token) =>
        {
            using var digest = new RowDigest();
            IColumnBinder[] takers = [digest, .. work.writers];
            await using var command = session.Connection.CreateCommand();
            command.CommandText = work.table.SelectInOrder;
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, token);
            var rows = 0L;
            while (await reader.ReadAsync(token))
            {
                work.table.Bind(reader, takers);
                foreach (var writer in work.writers) writer.EndRow();
                rows++;
                work.progress.RowDone(work.doing);
            }

            return new TableContent(work.table.Name, rows, digest.Finish());
        }, cancellation);

    static ValueTask<long> CountAsync(IReads side, StoredTable table, CancellationToken cancellation) =>
        side.ReadAsync(table, static async (session, table, token) =>
        {
            await using var command = session.Connection.CreateCommand();
            command.CommandText = table.SelectCount;
            return Convert.ToInt64(await command.ExecuteScalarAsync(token), CultureInfo.InvariantCulture);
        }, cancellation);
}
