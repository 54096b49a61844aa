using Baton.Server.Platform.Storage.Caches;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Platform.Storage.Readers;

/// <summary>Makes readers of tables.</summary>
internal sealed class RowReaders(IDatabase database, RowCaches caches)
{
    public Rows<TKey, TRow> Of<TKey, TRow>(Table<TKey, TRow> table)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class => new(database, caches, table);
}
