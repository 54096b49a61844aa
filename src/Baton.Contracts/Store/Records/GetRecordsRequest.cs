namespace Baton.Contracts.Store;

/// <summary>Reads many records of a namespace as of one moment: the body of `POST /store/{namespace}/get`.</summary>
public sealed record GetRecordsRequest
{
    /// <summary>
    /// The keys of the records, from 1 to 1000. A key that is given twice is answered once. Values of more than 32 MiB
    /// together are a 413 `store.answer_too_large`.
    /// </summary>
    public required IReadOnlyList<string> Keys { get; init; }
}
