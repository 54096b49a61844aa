using System.Globalization;
using System.Text;
using Baton.Contracts.Errors;
using Baton.Server.Platform.Errors;

namespace Baton.Server.Platform.Http;

/// <summary>The query of one request, held against what the route takes. Mistakes go to the call's errors.</summary>
internal sealed class QueryReader
{
    static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    readonly InputErrors _errors;

    public QueryReader(string? query, IReadOnlyList<ParameterSpec> known, InputErrors errors)
    {
        _errors = errors;
        if (string.IsNullOrEmpty(query) || query == "?") return;
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = Decode(equals < 0 ? pair : pair[..equals]);
            var value = equals < 0 ? "" : Decode(pair[(equals + 1)..]);
            if (name is null || value is null)
                errors.Add(
                    ErrorCodes.RequestMalformed, "query", "The query is not percent-encoded UTF-8 without U+0000.");
            else Accept(name, value, known);
        }
    }

    public string? Text(string name) => _values.GetValueOrDefault(name);

    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>A whole number in bounds; null when it is not there (or wrong, which is noted).</summary>
    public long? Integer(string name, long minimum, long maximum)
    {
        if (!_values.TryGetValue(name, out var text)) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= minimum && number <= maximum)
            return number;
        _errors.Add(
            "query:" + name,
            $"`{name}` is \"{Shorten(text)}\", but must be a whole number from {minimum} to {maximum}.");
        return null;
    }

    public bool? Boolean(string name)
    {
        if (!_values.TryGetValue(name, out var text)) return null;
        if (text is "true" or "false") return text == "true";
        _errors.Add("query:" + name, $"`{name}` is \"{Shorten(text)}\", but must be true or false.");
        return null;
    }

    void Accept(string name, string value, IReadOnlyList<ParameterSpec> known)
    {
        // The edge has taken it.
        if (name == Identity.Tickets.Parameter) return;
        if (!known.Any(parameter => parameter.Name == name))
        {
            var nearest = NearestName.Of(name, known.Select(parameter => parameter.Name));
            var others = known.Count == 0
                ? "this route takes none"
                : "known here: " + string.Join(", ", known.Select(parameter => parameter.Name));
            _errors.Add(
                ErrorCodes.RequestUnknownParameter,
                "query:" + Shorten(name),
                $"`{Shorten(name)}` is not a parameter"
                + $"{(nearest is null ? $" ({others})." : $"; did you mean `{nearest}`?")}");
        }
        else if (!_values.TryAdd(name, value))
        {
            _errors.Add(ErrorCodes.RequestUnknownParameter, "query:" + name, $"`{name}` is given twice.");
        }
    }

    public static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";

    /// <summary>Percent-decodes as UTF-8; null when it is not that, or not storable.</summary>
    public static string? Decode(string text) =>
        DecodeUtf8(text) is { } decoded && Names.IsStorable(decoded) ? decoded : null;

    static string? DecodeUtf8(string text)
    {
        if (text.AsSpan().IndexOfAny('%', '+') < 0 && Ascii.IsValid(text)) return text;
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = 0;
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '%')
            {
                if (index + 2 >= text.Length
                    || !byte.TryParse(
                        text.AsSpan(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                        out bytes[length]))
                    return null;
                length++;
                index += 2;
            }
            else if (char.IsAscii(text[index]))
            {
                bytes[length++] = text[index] == '+' ? (byte)' ' : (byte)text[index];
            }
            else
            {
                // Kestrel gives bytes over 127 of a raw target as Latin-1 or refuses them; they are never right here.
                return null;
            }
        }

        try
        {
            return s_strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
