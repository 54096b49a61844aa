using System.Data.Common;

namespace Baton.Server.Platform.Storage;

/// <summary>A table as the lane reads and writes it: whole rows by key. The provider derives the SQL.</summary>
internal abstract class Table
{
    static int s_count;

    /// <summary>A small number, unique in the process: the table's place in arrays kept per table.</summary>
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
    /// Rows never change once they are there: a commit need not put them into the cache, a read may do so. On a shared
    /// database another row may come under the same key after a failover: whoever takes one from the cache checks it
    /// by more than its key, or the key has a random part.
    /// </summary>
    public bool IsImmutable { get; init; }

    /// <summary>
    /// Readers may see a row up to a second after another server changed it: on a shared database it is cached for that
    /// long. Rows that are neither this nor immutable are not cached there.
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
