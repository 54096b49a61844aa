using Baton.Server.Platform.Storage;

namespace Baton.Server.Platform.Commits.Lane;

/// <summary>
/// The first rows, in the order of their keys, of those of a table whose keys begin alike: what operations ask for
/// whose rows can be named only by their place. Equality by value, so that a batch reads a range once.
/// </summary>
internal interface IRowRange<TKey>
    where TKey : notnull, IEquatable<TKey>
{
    /// <summary>The order of the keys: the same as the database's.</summary>
    IComparer<TKey> Order { get; }

    /// <summary>Whether a key is in it.</summary>
    bool Holds(TKey key);

    /// <summary>
    /// Its first keys in order, at most so many, as the database has them; and whether there may be more.
    /// </summary>
    ValueTask<(List<TKey> Keys, bool IsCut)> ReadAsync(ReadSession session, int limit);
}
