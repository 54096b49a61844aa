namespace Baton.Contracts.Store;

/// <summary>The body of `POST /store/{namespace}/get`.</summary>
public sealed record GetRecordsRequest
{
    /// <summary>1 to 1 000 keys.</summary>
    public required IReadOnlyList<string> Keys { get; init; }
}
