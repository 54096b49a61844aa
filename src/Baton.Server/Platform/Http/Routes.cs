namespace Baton.Server.Platform.Http;

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
        endpoints.MapMethods(TemplateOf(route), MethodsOf(method), http => Serve(http, route))
            .WithDisplayName(spec.Action);
    }

    static string TemplateOf(Route route) => RestOf(route) is { } rest
        ? route.Path.Replace($"{{{rest.Name}}}", $"{{**{rest.Name}}}", StringComparison.Ordinal)
        : route.Path;

    static ParameterSpec? RestOf(Route route) => route.Spec.Path is [.., { TakesRest: true } rest] ? rest : null;

    Task Serve(HttpContext http, Route route)
    {
        if (RestOf(route) is not { } rest || http.GetRouteValue(rest.Name) is string { Length: > 0 })
            return edge.ServeAsync(http, route);
        // ASP.NET Core lets the rest be empty: that is the path above, which takes other methods.
        http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        return Task.CompletedTask;
    }

    /// <summary>The methods of the routes for a path: for `Allow`.</summary>
    public string MethodsFor(PathString path)
    {
        var parts = path.Value!.TrimEnd('/').Split('/');
        var methods = _all.Where(route => IsFor(route, parts)).SelectMany(route => MethodsOf(route.Method));
        return string.Join(", ", methods.Distinct().Order(StringComparer.Ordinal));
    }

    static bool IsFor(Route route, string[] parts)
    {
        var wanted = route.Path.TrimEnd('/').Split('/');
        if (parts.Length < wanted.Length || (parts.Length > wanted.Length && RestOf(route) is null)) return false;
        return wanted.Zip(parts).All(pair =>
            pair.First is ['{', ..] || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
    }

    static string[] MethodsOf(string method) => method == "GET" ? ["GET", "HEAD"] : [method];
}
