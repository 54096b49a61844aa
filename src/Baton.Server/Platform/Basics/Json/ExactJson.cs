using System.Text;
using System.Text.Json;
using Baton.Server.Platform.Basics.Inputs;

namespace Baton.Server.Platform.Basics.Json;

/// <summary>
/// Checks a JSON value that is to be kept as its bytes. Every reader must understand it alike: no object may have a
/// member twice, and every string must be valid Unicode. The bytes must be known to be UTF-8.
/// </summary>
internal static class ExactJson
{
    /// <summary>Up to this many names of one object are compared one by one; for more of them a set is made.</summary>
    const int MaxLinear = 8;

    const string NotText = "A string is not valid Unicode text.";

    /// <summary>
    /// Reads from the first token of the value to its last, and answers what is wrong with it; null if nothing is.
    /// Throws <see cref="JsonException"/> if the bytes are not JSON.
    /// </summary>
    /// <param name="reader">At the first token.</param>
    /// <param name="json">The bytes that the reader reads.</param>
    public static JsonFault? Scan(ref Utf8JsonReader reader, ReadOnlySpan<byte> json) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ScanObject(ref reader, json),
        JsonTokenType.StartArray => ScanArray(ref reader, json),
        JsonTokenType.String when !IsText(ref reader) => new JsonFault("", NotText),
        _ => null,
    };

    static JsonFault? ScanArray(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (Scan(ref reader, json) is { } fault) return fault.In($"{index}");
        }

        return null;
    }

    static JsonFault? ScanObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        Span<(int Start, int Length)> seen = stackalloc (int, int)[MaxLinear];
        var count = 0;
        HashSet<string>? many = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (!IsText(ref reader)) return new JsonFault("", NotText);
            var name = json.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
            // With escapes, one name can be written in many ways: names are then compared as texts.
            if (many is null && (count == MaxLinear || reader.ValueIsEscaped)) many = TextsOf(json, seen[..count]);
            if (!(many?.Add(reader.GetString()!) ?? IsNew(json, seen[..count], name)))
                return new JsonFault("", $"The member \"{InputText.Shorten(reader.GetString()!)}\" is given twice.");
            if (many is null) seen[count++] = ((int)reader.TokenStartIndex + 1, name.Length);
            reader.Read();
            if (Scan(ref reader, json) is { } fault) return fault.In(Encoding.UTF8.GetString(name));
        }

        return null;
    }

    static bool IsNew(ReadOnlySpan<byte> json, ReadOnlySpan<(int Start, int Length)> seen, ReadOnlySpan<byte> name)
    {
        foreach (var (start, length) in seen)
        {
            if (json.Slice(start, length).SequenceEqual(name)) return false;
        }

        return true;
    }

    static HashSet<string> TextsOf(ReadOnlySpan<byte> json, ReadOnlySpan<(int Start, int Length)> seen)
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (start, length) in seen) texts.Add(Encoding.UTF8.GetString(json.Slice(start, length)));
        return texts;
    }

    /// <summary>
    /// Whether a string is valid Unicode. As its bytes are UTF-8, only an escape can spoil it: half a surrogate pair.
    /// </summary>
    static bool IsText(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped) return true;
        try
        {
            _ = reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
