using System.Data.Common;

namespace Baton.Server.Platform.Storage.Tables;

/// <summary>A table as the lane reads and writes it: whole rows by key. The provider derives the SQL.</summary>
internal abstract class Table
{
    static int s_count;

    /// <summary>
    /// A small number that is unique in the process: the place of the table in arrays with an item for each table.
    /// </summary>
    public int Index { get; } = Interlocked.Increment(ref s_count) - 1;

    public required string Name { get; init; }
}

/// <summary>A table whose rows are immutable records with a key that is a value.</summary>
/// <typeparam name="TKey">The key; equality by value. Its first column is the workspace, look-ups that precede it
/// apart.</typeparam>
/// <typeparam name="TRow">The row.</typeparam>
internal sealed class Table<TKey, TRow> : Table
    where TKey : notnull, IEquatable<TKey>
    where TRow : class
{
    /// <summary>The key's columns, in the order of the primary key.</summary>
    public required IReadOnlyList<Column<TKey>> Key { get; init; }

    /// <summary>All columns, those of the key first, in the order in which <see cref="Read"/> takes them.</summary>
    public required IReadOnlyList<Column<TRow>> Columns { get; init; }

    public required Func<TRow, TKey> KeyOf { get; init; }

    /// <summary>Reads a row from the columns in their order, 0-based.</summary>
    public required Func<DbDataReader, TRow> Read { get; init; }

    /// <summary>Bytes that a cached row holds, roughly; null: rows of this table are not cached.</summary>
    public Func<TRow, int>? Weight { get; init; }

    /// <summary>
    /// Whether rows never change. A commit then need not put them into the cache; a read does. On a shared database
    /// another row may get the same key after a failover: whoever takes a row from the cache checks it by more than its
    /// key, unless the key has a random part.
    /// </summary>
    public bool IsImmutable { get; init; }

    /// <summary>
    /// Whether readers may see a row for up to a second after another server has changed it. On a shared database such
    /// rows are cached for that long. Rows that are neither this nor immutable are not cached there.
    /// </summary>
    public bool MayLag { get; init; }
}

/// <summary>Reads of nullable columns.</summary>
internal static class DbDataReaderExtensions
{
    public static string? TextOrNull(this DbDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);

    public static long? IntegerOrNull(this DbDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? null : reader.GetInt64(ordinal);

    public static byte[]? BytesOrNull(this DbDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? null : reader.GetFieldValue<byte[]>(ordinal);

    public static byte[] Bytes(this DbDataReader reader, int ordinal) => reader.GetFieldValue<byte[]>(ordinal);
}
