namespace Baton.Server.Platform.Http;

/// <summary>
/// Who may keep the answers of a route (RFC 9111). Without a word about it a shared cache in front of the server may
/// answer one caller with what another was told, because it does not know that an answer depends on the key.
/// </summary>
/// <param name="CacheControl">What holds unless the handler or a problem sets another.</param>
/// <param name="Vary">The request headers that an answer which may be kept depends on; null: none.</param>
internal sealed record CacheRules(string CacheControl, string? Vary)
{
    /// <summary>Nobody keeps it: problems, and answers to what is no read.</summary>
    public const string NotStored = "no-store";

    /// <summary>Nobody keeps it, and nobody on the way may hold it back to compress it.</summary>
    public const string Streamed = "private, no-cache, no-transform";

    /// <summary>The caller may keep it, and asks with its ETag whether it is still so.</summary>
    const string OfTheCaller = "private, no-cache";

    /// <summary>Anybody may keep it, and asks whether it is still so: it is the same for all.</summary>
    const string OfEverybody = "no-cache";

    /// <summary>
    /// Who asks and where. A tag is the version alone, so a client that uses two keys would otherwise be told by the
    /// second one's 304 that what it keeps of the first one's is still so.
    /// </summary>
    const string Actor = "X-API-KEY, Authorization, Baton-Workspace, Baton-Agent";

    /// <summary>Of a GET and its HEAD, or of another method.</summary>
    public static CacheRules Of(string method, RouteSpec spec) => spec switch
    {
        { Role: not null } when HttpMethods.IsGet(method) =>
            new(OfTheCaller, IsNegotiated(spec) ? "Accept, " + Actor : Actor),
        { IsKept: true } => new(OfEverybody, Vary: null),
        _ => new(NotStored, Vary: null),
    };

    public void Apply(IHeaderDictionary headers)
    {
        headers.CacheControl = CacheControl;
        if (Vary is not null) headers.Vary = Vary;
    }

    /// <summary>Which of its content types it answers with depends on the header `Accept`.</summary>
    static bool IsNegotiated(RouteSpec spec) => spec.Answers.Count(answer => answer.Status == 200) > 1;
}
