using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Baton.JsonSchema.Values;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Json;

namespace Baton.Server.Features.Store.Claims;

/// <summary>
/// What the `set` of a claim has replaced, so that the end of the claim can put it back. It holds steps as JSON. Each
/// step has its place, the value that was set (or its digest, where the value is long), and the value that was there
/// before, if there was one. Where the steps alone would not give back every byte, such as white space around them, it
/// also holds the whole value from before. Rows of older servers hold the steps alone, as `[[pointer, set, before],
/// [pointer, set]]`.
/// </summary>
internal static class ClaimUndo
{
    /// <summary>
    /// The bytes up to which a value that was set is kept as it is. Of a longer one only the digest is kept, because
    /// the record has the value.
    /// </summary>
    const int MaxRawBytes = 64;

    /// <summary>The first byte of what this server writes. Older servers wrote JSON.</summary>
    const byte Mark = 2;

    /// <summary>The bytes of the mark and of the length of the steps.</summary>
    const int HeadBytes = 5;

    // A value stands two levels deeper in the steps than in its record.
    static readonly JsonDocumentOptions s_options = new() { MaxDepth = JsonValues.MaxDepth + 2 };

    /// <summary>
    /// Adds what is wrong with places that could not be put back one by one: none may be the whole value, and none may
    /// be inside another.
    /// </summary>
    public static void CheckPlaces(IEnumerable<string> pointers, InputErrors errors)
    {
        var sorted = pointers.Order(StringComparer.Ordinal).ToList();
        foreach (var pointer in sorted)
        {
            if (pointer.Length == 0)
                errors.Add("/set/", "A claim changes parts of a value, not the whole: give a pointer such as /status.");
            else if (sorted.Exists(other => pointer.StartsWith(other + "/", StringComparison.Ordinal)))
                errors.Add("/set/" + JsonPointer.Escape(pointer), "The place is inside another that is set as well.");
        }
    }

    /// <summary>What undoes a `set` that has changed a value.</summary>
    public static byte[] Of(byte[] value, byte[] claimed, IReadOnlyDictionary<string, JsonElement>? set)
    {
        if (set is null || set.Count == 0) return "[]"u8.ToArray();
        var steps = StepsOf(value, set);
        var isExact = Revert(claimed, steps, maxBytes: long.MaxValue).AsSpan().SequenceEqual(value);
        var undo = new byte[HeadBytes + steps.Length + (isExact ? 0 : value.Length)];
        undo[0] = Mark;
        BinaryPrimitives.WriteInt32LittleEndian(undo.AsSpan(1), steps.Length);
        steps.CopyTo(undo, HeadBytes);
        if (!isExact) value.CopyTo(undo, HeadBytes + steps.Length);
        return undo;
    }

    /// <summary>
    /// The value, in which every place that still holds what was set has its value from before again.
    /// </summary>
    /// <param name="value">The value of the record now.</param>
    /// <param name="undo">What <see cref="Of"/> made.</param>
    /// <param name="isUntouched">
    /// Whether nobody has written the record since it was claimed. Then every byte goes back.
    /// </param>
    /// <param name="maxBytes">
    /// The most bytes of a record. A value that others have changed stays as it is, if it would become longer than
    /// this.
    /// </param>
    public static byte[] Revert(byte[] value, byte[] undo, bool isUntouched, long maxBytes)
    {
        var limit = isUntouched ? long.MaxValue : maxBytes;
        if (undo is not [Mark, ..]) return Revert(value, undo, limit);
        var end = HeadBytes + BinaryPrimitives.ReadInt32LittleEndian(undo.AsSpan(1));
        return isUntouched && end < undo.Length ? undo[end..] : Revert(value, undo[HeadBytes..end], limit);
    }

    static byte[] StepsOf(byte[] value, IReadOnlyDictionary<string, JsonElement> set)
    {
        var root = EditableJson.Of(value);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, JsonBytes.Options))
        {
            json.WriteStartArray();
            foreach (var (pointer, next) in set)
            {
                var parts = JsonPointer.Parse(pointer)!;
                var raw = JsonMarshal.GetRawUtf8Value(next);
                json.WriteStartObject();
                json.WriteString("at", pointer);
                if (raw.Length > MaxRawBytes)
                {
                    json.WriteString("digest", DigestOf(raw));
                }
                else
                {
                    json.WritePropertyName("set");
                    json.WriteRawValue(raw, skipInputValidation: true);
                }

                if (root.At(parts) is { } before)
                {
                    json.WritePropertyName("before");
                    json.WriteRawValue(before.Raw.Span, skipInputValidation: true);
                }
                else if (root.At(parts[..^1]) is { IsArray: true } array)
                {
                    json.WriteNumber("item", array.Count);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return stream.ToArray();
    }

    static byte[] Revert(byte[] value, byte[] steps, long maxBytes)
    {
        var root = EditableJson.Of(value);
        var (size, isPutBack) = ((long)value.Length, false);
        using var document = JsonDocument.Parse(steps, s_options);
        foreach (var json in document.RootElement.EnumerateArray())
        {
            var step = Step.Of(json);
            if (root.At(step.Parts[..^1]) is not { } parent) continue;
            var name = step.Item is { } item ? item.ToString(CultureInfo.InvariantCulture) : step.Parts[^1];
            if (parent.Child(name) is not { } present || !step.IsSet(present.Raw.Span)) continue;
            var grown = size + step.Before.Length - present.Raw.Length;
            if (grown > size && grown > maxBytes) continue;
            size = grown;
            step.PutBack(parent, name);
            isPutBack = true;
        }

        // If there is nothing to put back, the value that others have written stays byte for byte, white space too.
        return isPutBack ? root.ToBytes() : value;
    }

    static string DigestOf(ReadOnlySpan<byte> raw) => Convert.ToHexStringLower(SHA256.HashData(raw));

    /// <summary>One place that was set.</summary>
    /// <param name="Parts">The parts of the JSON pointer to the place.</param>
    /// <param name="Set">The value that was set. Empty: only its digest is known.</param>
    /// <param name="Digest">The digest of the value that was set. Null: the value itself is known.</param>
    /// <param name="Before">The value that was there before. Empty: there was none.</param>
    /// <param name="Item">The index at which it was appended to an array. Null: it was not appended.</param>
    readonly record struct Step(
        string[] Parts, ReadOnlyMemory<byte> Set, string? Digest, ReadOnlyMemory<byte> Before, int? Item)
    {
        public static Step Of(JsonElement json)
        {
            if (json.ValueKind == JsonValueKind.Array)
                return new Step(
                    JsonPointer.Parse(json[0].GetString()!)!, RawOf(json[1]), Digest: null,
                    json.GetArrayLength() == 2 ? default : RawOf(json[2]), Item: null);
            return new Step(
                JsonPointer.Parse(json.GetProperty("at").GetString()!)!, RawOf(json, "set"),
                json.TryGetProperty("digest", out var digest) ? digest.GetString() : null, RawOf(json, "before"),
                json.TryGetProperty("item", out var item) ? item.GetInt32() : null);
        }

        /// <summary>Whether a value is still the one that was set.</summary>
        public bool IsSet(ReadOnlySpan<byte> raw) =>
            Digest is null ? raw.SequenceEqual(Set.Span) : raw.Length > MaxRawBytes && DigestOf(raw) == Digest;

        public void PutBack(EditableJson parent, string name)
        {
            var isAdded = Before.IsEmpty;
            if (isAdded && parent.IsObject && Item is null) parent.Remove(name);
            else if (isAdded && parent.IsArray && Item is { } item) parent.RemoveItem(item);
            // An object has become an array, or the other way round: somebody has changed it.
            else if (isAdded) return;
            else if (parent.IsObject) parent.Set(name, EditableJson.Of(Before));
            else parent.SetItem(JsonPointer.IndexOf(name)!.Value, EditableJson.Of(Before));
        }

        static ReadOnlyMemory<byte> RawOf(JsonElement json, string name) =>
            json.TryGetProperty(name, out var value) ? RawOf(value) : default;

        static ReadOnlyMemory<byte> RawOf(JsonElement json) => JsonMarshal.GetRawUtf8Value(json).ToArray();
    }
}
