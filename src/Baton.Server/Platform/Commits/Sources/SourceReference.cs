using System.Globalization;
using System.Text;
using Baton.Contracts;
using Baton.Server.Platform.Basics.Inputs;

namespace Baton.Server.Platform.Commits.Sources;

/// <summary>A thing that something was made of.</summary>
/// <param name="Type">The kind of thing: `stash`.</param>
/// <param name="Id">Its id as in a resource: <see cref="ResourceName"/> decodes it.</param>
/// <param name="Version">Null: its version at commit.</param>
internal readonly record struct SourceReference(string Type, string Id, long? Version)
{
    const int MaxIdLength = 3100;

    public string Resource => string.Concat(Type, ":", Id);

    /// <summary>
    /// The reference as it stands in `Baton-Sources`. The characters that have a meaning there are percent-encoded.
    /// </summary>
    public string ToHeader()
    {
        var text = new StringBuilder(Type).Append(':');
        foreach (var b in Encoding.UTF8.GetBytes(Id))
        {
            if (b is > (byte)' ' and < 0x7F and not ((byte)',' or (byte)'@')) text.Append((char)b);
            else text.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return text.Append('@').Append(Version).ToString();
    }

    public static SourceReference? Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0) return null;
        var at = text.LastIndexOf('@');
        long? version = null;
        if (at > colon)
        {
            if (!long.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number < 1)
                return null;
            version = number;
        }

        var id = Canonical(at > colon ? text[(colon + 1)..at] : text[(colon + 1)..]);
        return id is null or "" || id.Length > MaxIdLength ? null : new SourceReference(text[..colon], id, version);
    }

    /// <summary>
    /// The id, decoded and encoded again, so that a thing has the same id however it is written. A slash that is not
    /// encoded ends a namespace.
    /// </summary>
    static string? Canonical(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (Decode(slash < 0 ? text : text[..slash]) is not { } first) return null;
        if (slash < 0) return ResourceName.Of("", first)[1..].Replace("/", "%2F", StringComparison.Ordinal);
        return Decode(text[(slash + 1)..]) is { } key ? ResourceName.Of("", first, key)[1..] : null;
    }

    static string? Decode(string text) => InputText.Decode(text.Replace("+", "%2B", StringComparison.Ordinal));
}
