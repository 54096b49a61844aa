using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Platform.Commits.Lane.RowSets;

/// <summary>
/// The first rows, in the order of their keys, of those rows of a table whose keys begin alike. Operations ask for a
/// range if they can name their rows only by their place. Equality by value, so that a batch reads a range once.
/// </summary>
internal interface IRowRange<TKey>
    where TKey : notnull, IEquatable<TKey>
{
    /// <summary>The order of the keys: the same as the database's.</summary>
    IComparer<TKey> Order { get; }

    /// <summary>Whether a key is in it.</summary>
    bool Holds(TKey key);

    /// <summary>Reads its first keys in order, at most so many, and whether there may be more.</summary>
    ValueTask<(List<TKey> Keys, bool IsCut)> ReadAsync(ReadSession session, int limit);
}
