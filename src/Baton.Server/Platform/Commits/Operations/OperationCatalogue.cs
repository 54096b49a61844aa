namespace Baton.Server.Platform.Commits.Operations;

/// <summary>
/// Every kind of mutation, by its name; every feature registers its own. Complete before the first request.
/// </summary>
internal sealed class OperationCatalogue
{
    readonly SortedDictionary<string, OperationSpec> _specs = new(StringComparer.Ordinal);

    /// <summary>All of them, by name.</summary>
    public IReadOnlyCollection<OperationSpec> All => _specs.Values;

    /// <summary>Those that can be one of several in a transaction, by name.</summary>
    public IEnumerable<OperationSpec> ForTransactions => _specs.Values.Where(spec => spec.IsForTransactions);

    /// <summary>The operation of a name, which must exist.</summary>
    public OperationSpec this[string name] => _specs[name];

    public void Add(OperationSpec spec) => _specs.Add(spec.Name, spec);

    public OperationSpec? Find(string name) => _specs.GetValueOrDefault(name);
}
