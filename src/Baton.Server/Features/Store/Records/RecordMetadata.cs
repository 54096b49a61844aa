using System.Text;
using Baton.Server.Platform.Basics;
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

    /// <summary>The bytes of a metadata text; what is wrong with it is noted.</summary>
    public static byte[]? Read(string? text, string pointer, InputErrors errors) =>
        text is null ? null : Check(Encoding.UTF8.GetBytes(text), pointer, errors);

    public static byte[]? Check(byte[] json, string pointer, InputErrors errors)
    {
        if (JsonValues.Check(json) is { } fault)
            errors.Add(pointer, $"The metadata is wrong: {fault.Message}");
        else if (!EditableJson.Of(json).IsObject)
            errors.Add(pointer, "The metadata must be a JSON object.");
        return json;
    }
}
