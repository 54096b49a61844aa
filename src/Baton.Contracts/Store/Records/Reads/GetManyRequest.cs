using Baton.Contracts.Requests;

namespace Baton.Contracts.Store;

/// <summary>Reads many records, as of one moment.</summary>
public abstract record GetManyRequest : IReadRequest
{
    /// <summary>1 to 1 000 keys.</summary>
    public required IReadOnlyList<string> Keys { get; init; }
}
