namespace Baton.Server.Features.Schemas.Registry;

/// <summary>
/// Which registered schema each reference of a definition means, those of the schemas referred to among them. Fixed
/// at registration: newer versions of what is referred to never change what a schema means.
/// </summary>
internal static class SchemaPins
{
    /// <summary>A line for each: the schema's id, a space, the URI.</summary>
    public static string ToText(IReadOnlyDictionary<string, string> idByUri) => string.Join(
        '\n', idByUri.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Value} {pair.Key}"));

    public static Dictionary<string, string> Parse(string text)
    {
        var pins = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            pins[line[(space + 1)..]] = line[..space];
        }

        return pins;
    }
}
