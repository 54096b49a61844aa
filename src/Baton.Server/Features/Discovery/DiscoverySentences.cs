using Baton.Server.Platform.Reading.Discovery;

namespace Baton.Server.Features.Discovery;

/// <summary>What documentation says of discovery, from the types that have declared how they are discovered.</summary>
internal static class DiscoverySentences
{
    public static string Summary(DiscoverySources sources) =>
        $"Finds what is discoverable: {Listed(sources.Declared.Select(kind => kind.Value.Things))}, by type, then by "
        + "name.";

    public static string Description(DiscoverySources sources)
    {
        var shown =
            from kind in sources.Declared
            group kind.Value.Shown by kind.Value.Which into alike
            select $"{Listed(alike)} {alike.Key}";
        var sentence = string.Join(", and ", shown);
        return $"{char.ToUpperInvariant(sentence[0])}{sentence[1..]}. "
            + "A page can be empty and still have a `next_cursor`: then the filters left much out.";
    }

    /// <summary>`a, b and c`.</summary>
    static string Listed(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }
}
