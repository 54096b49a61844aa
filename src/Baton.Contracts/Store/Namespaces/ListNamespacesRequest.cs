using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Lists the namespaces that have records, by name, with their counts.</summary>
public sealed record ListNamespacesRequest : PageRequest
{
    /// <summary>Only namespaces that begin so.</summary>
    [InQuery]
    [PrefixForm]
    public string? Prefix { get; init; }
}
