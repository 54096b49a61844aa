using System.Text.Json;

namespace Baton.Contracts.Store;

/// <summary>What the completion of a claim adds to a number in a record of the same namespace.</summary>
public sealed record ClaimCounter
{
    /// <summary>The key of the record. One that does not exist is a 404 `store.not_found`.</summary>
    public required string Key { get; init; }

    /// <summary>
    /// Where the number is in the value, as a JSON pointer (RFC 6901). A member that is absent counts as 0; what is not
    /// a number is a 409 `store.type_mismatch`.
    /// </summary>
    public required string Pointer { get; init; }

    /// <summary>
    /// The number to add. It may be negative, or have a fraction; it is added as a decimal, without rounding.
    /// </summary>
    public required JsonElement By { get; init; }
}
