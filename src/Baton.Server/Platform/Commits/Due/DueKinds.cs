namespace Baton.Server.Platform.Commits.Due;

/// <summary>The operation of each kind of due item. Every feature registers its own kinds.</summary>
internal sealed class DueKinds
{
    readonly Dictionary<string, Func<DueRow, DueOperation>> _kinds = [];

    public void Add(string kind, Func<DueRow, DueOperation> make) => _kinds.Add(kind, make);

    /// <summary>
    /// The operation of an item; null if this server does not know the kind, because a newer server wrote the item.
    /// </summary>
    public DueOperation? Make(DueRow item) => _kinds.TryGetValue(item.Kind, out var make) ? make(item) : null;
}
