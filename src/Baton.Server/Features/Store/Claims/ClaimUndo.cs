using System.Runtime.InteropServices;
using System.Text.Json;
using Baton.Server.Platform.Errors;
using Baton.Server.Platform.Json;

namespace Baton.Server.Features.Store.Claims;

/// <summary>
/// What a claim's `set` replaced, so that the end of the claim can put it back: at each place the value that was set,
/// and the one before, which may be none. As JSON: `[[pointer, set, before], [pointer, set]]`.
/// </summary>
internal static class ClaimUndo
{
    /// <summary>Places that can be put back one by one: none is the whole value, none is inside another.</summary>
    public static void CheckPlaces(IEnumerable<string> pointers, InputErrors errors)
    {
        var sorted = pointers.Order(StringComparer.Ordinal).ToList();
        foreach (var pointer in sorted)
        {
            if (pointer.Length == 0)
                errors.Add("/set/", "A claim changes parts of a value, not the whole: give a pointer such as /status.");
            else if (sorted.Exists(other => pointer.StartsWith(other + "/", StringComparison.Ordinal)))
                errors.Add("/set/" + Pointer.Escape(pointer), "The place is inside another that is set as well.");
        }
    }

    /// <summary>What undoes a `set` of a value.</summary>
    public static byte[] Of(byte[] value, IReadOnlyDictionary<string, JsonElement>? set)
    {
        if (set is null || set.Count == 0) return "[]"u8.ToArray();
        var root = EditableJson.Of(value);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (var (pointer, next) in set)
            {
                json.WriteStartArray();
                json.WriteStringValue(pointer);
                json.WriteRawValue(JsonMarshal.GetRawUtf8Value(next), skipInputValidation: true);
                if (root.At(Pointer.Parse(pointer)!) is { } before)
                    json.WriteRawValue(before.Raw.Span, skipInputValidation: true);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        return stream.ToArray();
    }

    /// <summary>The value with what was set put back, where it still stands.</summary>
    public static byte[] Revert(byte[] value, byte[] undo)
    {
        var root = EditableJson.Of(value);
        foreach (var step in JsonElement.Parse(undo).EnumerateArray())
        {
            var parts = Pointer.Parse(step[0].GetString()!)!;
            if (root.At(parts[..^1]) is not { } parent) continue;
            if (parent.Child(parts[^1]) is not { } present || !present.Raw.Span.SequenceEqual(RawOf(step[1]).Span))
                continue;
            if (step.GetArrayLength() == 2) parent.Remove(parts[^1]);
            else if (parent.IsObject) parent.Set(parts[^1], EditableJson.Of(RawOf(step[2])));
            else parent.SetItem(Pointer.IndexOf(parts[^1])!.Value, EditableJson.Of(RawOf(step[2])));
        }

        return root.ToBytes();
    }

    static ReadOnlyMemory<byte> RawOf(JsonElement json) => JsonMarshal.GetRawUtf8Value(json).ToArray();
}
