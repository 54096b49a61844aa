using System.Globalization;
using System.Text.Json;

namespace Baton.Server.Platform.Http;

/// <summary>A JSON pointer (RFC 6901) to a part of a value, never the whole of it: `/agent`, `/steps/0/name`.</summary>
internal sealed class JsonPointer
{
    public const int MaxLength = 512;

    /// <summary>The same as a regular expression (ECMA-262), for the OpenAPI document.</summary>
    public const string Pattern = "^(/([^~/]|~[01])*)+$";

    readonly string[] _parts;

    JsonPointer(string[] parts) => _parts = parts;

    /// <summary>Null where the text is no pointer.</summary>
    public static JsonPointer? Parse(string text)
    {
        if (text.Length is 0 or > MaxLength || text[0] != '/') return null;
        var parts = text.Split('/')[1..];
        for (var index = 0; index < parts.Length; index++)
        {
            if (Unescape(parts[index]) is not { } part) return null;
            parts[index] = part;
        }

        return new JsonPointer(parts);
    }

    /// <summary>The step of a pointer to a member: `/` and its name, escaped.</summary>
    public static string Of(string name) =>
        "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The part that it points to; null where there is none.</summary>
    public JsonElement? Find(JsonElement value)
    {
        foreach (var part in _parts)
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

    /// <summary>RFC 6901, section 4: digits without a leading zero.</summary>
    static int? IndexOf(string part) =>
        (part == "0" || (part.Length > 0 && part[0] != '0'))
        && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : null;

    /// <summary>`~1` is a slash and `~0` a tilde; any other tilde is a mistake.</summary>
    static string? Unescape(string part)
    {
        for (var at = part.IndexOf('~', StringComparison.Ordinal); at >= 0; at = part.IndexOf('~', at + 1))
        {
            if (at + 1 == part.Length || part[at + 1] is not ('0' or '1')) return null;
        }

        return part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
    }
}
