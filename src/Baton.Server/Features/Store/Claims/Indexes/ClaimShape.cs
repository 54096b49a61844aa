using Baton.JsonSchema.Values;
using Baton.Server.Features.Store.Records;

namespace Baton.Server.Features.Store.Claims.Indexes;

/// <summary>
/// A way in which the records of a namespace are claimed: by a prefix of their keys and their values at a set of JSON
/// pointers. For each shape the records that nobody has claimed are kept in order, by these values.
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

    /// <summary>The key under which the shape has a record; null if the record does not belong to it.</summary>
    public ClaimableKey? KeyOf(RecordRow record)
    {
        if (!record.Key.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        return MatchedValues.Of(record.Value, _parts) is { } matched
            ? new ClaimableKey(record.WorkspaceId, record.Namespace, Number, matched, record.CreatedSeq, record.Key)
            : null;
    }
}
