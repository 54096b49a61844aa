namespace Baton.Contracts;

/// <summary>The text that names a thing in the ledger and in filters: `stash:market-report`.</summary>
public static class ResourceName
{
    /// <summary>`type:id`, with `%` and `*` in the id percent-encoded, so that only a filter has wildcards.</summary>
    public static string Of(string type, string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.AsSpan().IndexOfAny('%', '*') < 0
            ? string.Concat(type, ":", id)
            : string.Concat(type, ":", id.Replace("%", "%25").Replace("*", "%2A"));
    }
}
