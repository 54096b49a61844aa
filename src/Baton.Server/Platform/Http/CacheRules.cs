namespace Baton.Server.Platform.Http;

/// <summary>
/// Who may keep an answer (RFC 9111). Without a word about it a shared cache in front of the server may answer one
/// caller with what another was told, because it does not know that an answer depends on the key.
/// </summary>
internal static class CacheRules
{
    /// <summary>Nobody keeps it: problems, and answers to what is no read.</summary>
    public const string NotStored = "no-store";

    /// <summary>The caller may keep it, and asks with its ETag whether it is still so.</summary>
    const string OfTheCaller = "private, no-cache";

    /// <summary>Anybody may keep it, and asks whether it is still so: it is the same for all.</summary>
    const string OfEverybody = "no-cache";

    /// <summary>Nobody keeps it, and nobody on the way may hold it back to compress it.</summary>
    public const string Streamed = "private, no-cache, no-transform";

    /// <summary>Sets what holds unless the handler or a problem sets another.</summary>
    public static void Apply(HttpContext http, RouteSpec spec)
    {
        var headers = http.Response.Headers;
        var isRead = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        headers.CacheControl = spec switch
        {
            { Role: not null } when isRead => OfTheCaller,
            { IsKept: true } => OfEverybody,
            _ => NotStored,
        };
        if (spec.IsNegotiated) headers.Vary = "Accept";
    }
}
