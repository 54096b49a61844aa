using Baton.Server.Platform.Errors;

namespace Baton.Server.Platform.Http;

/// <summary>Answers a call, or gives the failure that the edge answers.</summary>
internal delegate ValueTask<Failure?> Handler(Call call);

/// <summary>The route table: features map onto it, the edge serves it, OpenAPI and the access tests list it.</summary>
internal sealed class Routes(IEndpointRouteBuilder endpoints, Edge edge)
{
    readonly List<Route> _all = [];

    public IReadOnlyList<Route> All => _all;

    /// <summary>A GET, which answers HEAD as well.</summary>
    public void Get(string path, RouteSpec spec, Handler handler) => Map("GET", path, spec, handler);

    public void Put(string path, RouteSpec spec, Handler handler) => Map("PUT", path, spec, handler);

    public void Post(string path, RouteSpec spec, Handler handler) => Map("POST", path, spec, handler);

    public void Patch(string path, RouteSpec spec, Handler handler) => Map("PATCH", path, spec, handler);

    public void Delete(string path, RouteSpec spec, Handler handler) => Map("DELETE", path, spec, handler);

    void Map(string method, string path, RouteSpec spec, Handler handler)
    {
        var route = new Route(method, path, spec, handler);
        _all.Add(route);
        string[] methods = method == "GET" ? ["GET", "HEAD"] : [method];
        endpoints.MapMethods(TemplateOf(route), methods, http => edge.ServeAsync(http, route)).WithDisplayName(spec.Action);
    }

    static string TemplateOf(Route route) => route.Spec.Path is [.., { TakesRest: true } rest]
        ? route.Path.Replace($"{{{rest.Name}}}", $"{{**{rest.Name}:minlength(1)}}", StringComparison.Ordinal)
        : route.Path;
}

/// <summary>One route.</summary>
internal sealed record Route(string Method, string Path, RouteSpec Spec, Handler Handler);
