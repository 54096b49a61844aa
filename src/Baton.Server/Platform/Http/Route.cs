using Baton.Server.Platform.Http.Headers;
using Baton.Server.Platform.Http.Specs;

namespace Baton.Server.Platform.Http;

/// <summary>One route.</summary>
internal sealed record Route(string Method, string Path, RouteSpec Spec, Handler Handler)
{
    public CacheRules Caching { get; } = CacheRules.Of(Method, Spec);
}
