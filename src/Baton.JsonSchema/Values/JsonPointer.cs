using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Baton.JsonSchema.Values;

/// <summary>
/// JSON pointers (RFC 6901). Taken apart, a pointer is the decoded parts of the way to a value; no parts are the whole.
/// </summary>
public static class JsonPointer
{
    /// <summary>The parts; null where the text is no pointer.</summary>
    public static string[]? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!IsValid<char>(text)) return null;
        if (text.Length == 0) return [];
        var parts = text[1..].Split('/');
        for (var at = 0; at < parts.Length; at++) parts[at] = Unescape(parts[at]);
        return parts;
    }

    /// <summary>The pointer of parts.</summary>
    public static string Of(params IEnumerable<string> parts) =>
        string.Concat(parts.Select(part => "/" + Escape(part)));

    /// <summary>A text as a part of a pointer, without the slash before it.</summary>
    public static string Escape(string part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return part.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
    }

    /// <summary>The index that a part is in an array: digits without a leading zero; null for anything else.</summary>
    public static int? IndexOf(string part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return (part == "0" || (part.Length > 0 && part[0] != '0'))
            && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                ? index
                : null;
    }

    /// <summary>What is at a place in a value; null where there is nothing.</summary>
    public static JsonElement? Find(JsonElement value, IEnumerable<string> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        foreach (var part in parts)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object when value.TryGetProperty(part, out var member):
                    value = member;
                    break;
                case JsonValueKind.Array when IndexOf(part) is { } index && index < value.GetArrayLength():
                    value = value[index];
                    break;
                default:
                    return null;
            }
        }

        return value;
    }

    /// <summary>Whether a text, in UTF-8 or UTF-16, is a pointer: a tilde only as `~0` or `~1`.</summary>
    internal static bool IsValid<TUnit>(ReadOnlySpan<TUnit> text)
        where TUnit : unmanaged, IBinaryInteger<TUnit>
    {
        if (text.IsEmpty) return true;
        if (text[0] != TUnit.CreateTruncating('/')) return false;
        var tilde = TUnit.CreateTruncating('~');
        for (var at = text.IndexOf(tilde); at >= 0; at = text.IndexOf(tilde))
        {
            var isEscape = at + 1 < text.Length
                && (text[at + 1] == TUnit.CreateTruncating('0') || text[at + 1] == TUnit.CreateTruncating('1'));
            if (!isEscape) return false;
            text = text[(at + 2)..];
        }

        return true;
    }

    /// <summary>The text that a part stands for. A tilde that is no escape stays.</summary>
    internal static string Unescape(string part) =>
        part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
