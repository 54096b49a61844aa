using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Json;

namespace Baton.Server.Features.Store.Records.Patches;

/// <summary>What a PATCH does to a value. It is immutable, because it may be applied more than once.</summary>
internal abstract class RecordEdit
{
    /// <summary>
    /// The new JSON text, made from the present one. A null as the present text means that the record does not exist.
    /// It can fail by `store.not_found`, `store.type_mismatch` and `store.too_large`.
    /// </summary>
    public Outcome<byte[]> Apply(byte[]? present)
    {
        if (present is null && Initial is null) return new Failure(ErrorCodes.StoreNotFound);
        var root = EditableJson.Of(present ?? Initial!);
        if (Change(ref root) is { } failure) return failure;
        var bytes = root.ToBytes();
        return JsonValues.IsTooDeep(bytes)
            ? new Failure(
                ErrorCodes.StoreTooLarge,
                $"The value would be nested deeper than {JsonValues.MaxDepth} objects and arrays.")
            : bytes;
    }

    /// <summary>The value with which a record begins that does not exist. Null: the record must exist.</summary>
    protected abstract byte[]? Initial { get; }

    protected abstract Failure? Change(ref EditableJson root);
}
