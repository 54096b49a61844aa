namespace Baton.Server.Platform.Reading;

/// <summary>
/// Every kind of read, by its name; every feature registers its own. Complete before the first request.
/// </summary>
internal sealed class ReadCatalogue
{
    readonly SortedDictionary<string, ReadSpec> _specs = new(StringComparer.Ordinal);

    /// <summary>All of them, by name.</summary>
    public IReadOnlyCollection<ReadSpec> All => _specs.Values;

    /// <summary>The read of a name, which must exist.</summary>
    public ReadSpec this[string name] => _specs[name];

    public void Add(ReadSpec spec) => _specs.Add(spec.Name, spec);
}
