using Baton.JsonSchema.Values;
using Baton.Server.Features.Store.Records;

namespace Baton.Server.Features.Store.Claims.Indexes;

/// <summary>
/// A way in which the records of a namespace are claimed: by a prefix of their keys and their values at a set of JSON
/// pointers. For each shape the records that nobody has claimed are kept in order, by these values.
/// </summary>
/// <param name="Number">The number by which its entries are found. It is never used twice in a namespace.</param>
/// <param name="Prefix">What the keys begin with. Empty: all keys.</param>
/// <param name="Pointers">The JSON pointers, in ordinal order.</param>
/// <param name="BuiltTo">
/// The key up to which the records that were there before the shape have been added. Null: all have been.
/// </param>
/// <param name="UsedAt">About when somebody last claimed by it, in microseconds since 1970-01-01 UTC.</param>
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
