namespace Baton.Server.Platform.Commits.Due;

/// <summary>Which operation each kind of due item is; every feature registers its own kinds.</summary>
internal sealed class DueKinds
{
    readonly Dictionary<string, Func<DueRow, DueOperation>> _kinds = [];

    public void Add(string kind, Func<DueRow, DueOperation> make) => _kinds.Add(kind, make);

    /// <summary>Null for a kind that this server does not know: a newer one wrote it.</summary>
    public DueOperation? Make(DueRow item) => _kinds.TryGetValue(item.Kind, out var make) ? make(item) : null;
}
