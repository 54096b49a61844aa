namespace Baton.Contracts;

/// <summary>The text by which the ledger and filters name a thing: `stash:market-report`.</summary>
public static class ResourceName
{
    /// <summary>
    /// `type:id`. In the id `%` and `*` are percent-encoded, so that only a filter can have wildcards.
    /// </summary>
    public static string Of(string type, string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return string.Concat(type, ":", Encode(id));
    }

    /// <summary>
    /// `type:group/key`: as <see cref="Of(string, string)"/>, with `/` percent-encoded in the group, so that the first
    /// slash ends it.
    /// </summary>
    public static string Of(string type, string group, string key)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(key);
        return string.Concat(Of(type, group).Replace("/", "%2F"), "/", Encode(key));
    }

    /// <summary>The id, group or key, with the percent-encoding taken away.</summary>
    public static string Decode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().IndexOf('%') < 0
            ? text
            : text.Replace("%2A", "*").Replace("%2F", "/").Replace("%25", "%");
    }

    static string Encode(string id) =>
        id.AsSpan().IndexOfAny('%', '*') < 0 ? id : id.Replace("%", "%25").Replace("*", "%2A");
}
