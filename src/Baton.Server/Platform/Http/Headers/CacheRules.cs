using Baton.Server.Platform.Http.Specs;

namespace Baton.Server.Platform.Http.Headers;

/// <summary>
/// Who may keep the answers of a route (RFC 9111). Without a word about it a shared cache in front of the server may
/// answer one caller with what another was told, because it does not know that an answer depends on the key.
/// </summary>
/// <param name="CacheControl">The value unless the handler or a problem sets another one.</param>
/// <param name="Vary">The request headers that an answer which may be kept depends on; null: none.</param>
internal sealed record CacheRules(string CacheControl, string? Vary)
{
    /// <summary>Nobody may keep the answer: for problems, and for answers to requests that are no reads.</summary>
    public const string NotStored = "no-store";

    /// <summary>Nobody may keep the answer, and nobody on the way may hold it back to compress it.</summary>
    public const string Streamed = "private, no-cache, no-transform";

    /// <summary>The caller may keep the answer, and asks with its ETag whether it is still right.</summary>
    const string OfTheCaller = "private, no-cache";

    /// <summary>
    /// Anybody may keep the answer, because it is the same for all, and asks whether it is still right.
    /// </summary>
    const string OfEverybody = "no-cache";

    /// <summary>
    /// The headers that say who asks, and in which workspace. A tag is only a version: without these, a client that
    /// uses two keys could be told by a 304 for the second key that the answer for the first is still right.
    /// </summary>
    const string Actor = "X-API-KEY, Authorization, Baton-Workspace, Baton-Agent";

    /// <summary>The rules of a route, for GET and HEAD or for another method.</summary>
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

    /// <summary>Whether the content type of the answer depends on the header `Accept`.</summary>
    static bool IsNegotiated(RouteSpec spec) => spec.Answers.Count(answer => answer.Status == 200) > 1;
}
