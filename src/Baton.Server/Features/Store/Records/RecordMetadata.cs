using System.Runtime.InteropServices;
using System.Text.Json;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Json;

namespace Baton.Server.Features.Store.Records;

/// <summary>The metadata of a record: one JSON object, merged shallowly with what each write brings.</summary>
internal static class RecordMetadata
{
    /// <summary>Members of the change replace those of the same name; null takes them away.</summary>
    public static byte[]? Merge(byte[]? present, byte[]? change)
    {
        if (change is null) return present;
        var result = present is null ? EditableJson.EmptyObject() : EditableJson.Of(present);
        foreach (var (name, value) in EditableJson.Of(change).Members)
        {
            if (value.IsNull) result.Remove(name);
            else result.Set(name, value);
        }

        var bytes = result.ToBytes();
        return bytes.Length == 2 ? null : bytes;
    }

    /// <summary>What is wrong with the metadata of a request is noted.</summary>
    public static void Check(JsonElement metadata, string pointer, InputErrors errors)
    {
        if (JsonValues.Check(JsonMarshal.GetRawUtf8Value(metadata)) is { } fault)
            errors.Add(pointer, $"The metadata is wrong: {fault.Message}");
        else if (metadata.ValueKind != JsonValueKind.Object)
            errors.Add(pointer, "The metadata must be a JSON object.");
    }
}
