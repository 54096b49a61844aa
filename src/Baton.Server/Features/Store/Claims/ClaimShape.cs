using Baton.JsonSchema.Values;
using Baton.Server.Features.Store.Records;

namespace Baton.Server.Features.Store.Claims;

/// <summary>
/// By what a namespace's records are claimed: the keys' prefix and a set of JSON pointers. For each the records that
/// nobody has claimed are kept in order, by their values there.
/// </summary>
/// <param name="Number">Names its entries; never used twice in a namespace.</param>
/// <param name="Prefix">Of the keys; empty for all.</param>
/// <param name="Pointers">JSON pointers in ordinal order.</param>
/// <param name="BuiltTo">The key up to which the records that were there are in; null: all are.</param>
/// <param name="UsedAt">When it was last claimed by, roughly.</param>
internal sealed record ClaimShape(
    long Number, string Prefix, IReadOnlyList<string> Pointers, string? BuiltTo, long UsedAt)
{
    readonly string[][] _parts = [.. Pointers.Select(pointer => JsonPointer.Parse(pointer)!)];

    public bool IsBuilt => BuiltTo is null;

    public bool Is(ClaimMatch match) => Prefix == match.Prefix && Pointers.SequenceEqual(match.Pointers);

    /// <summary>Where a record stands in it; null for one that it does not hold.</summary>
    public ClaimableKey? PlaceOf(RecordRow record)
    {
        if (!record.Key.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        return MatchedValues.Of(record.Value, _parts) is { } matched
            ? new ClaimableKey(record.WorkspaceId, record.Namespace, Number, matched, record.CreatedSeq, record.Key)
            : null;
    }
}
