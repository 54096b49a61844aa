using System.Text.RegularExpressions;

namespace Baton.Server.Platform.JsonSchema.Compatibility;

/// <summary>Patterns and formats, as the validator understands them. Null: not known.</summary>
internal static class TextRules
{
    static readonly HashSet<string> s_formats =
    [
        "date", "date-time", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6", "uri",
        "uri-reference", "iri", "iri-reference", "uuid", "uri-template", "json-pointer", "relative-json-pointer", "regex",
    ];

    public static bool IsAsserted(string format) => s_formats.Contains(format);

    public static bool? Matches(string pattern, string text)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(50));
        }
        catch (Exception exception) when (exception is ArgumentException or RegexMatchTimeoutException)
        {
            return null;
        }
    }

    public static bool? HasFormat(string format, string text) => text.Contains(' ') ? format.Length == 0 : null;
}
