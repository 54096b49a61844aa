using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Http.Binding;
using Baton.Server.Platform.Http.Parameters;
using Baton.Server.Platform.Http.Specs;
using Baton.Server.Platform.Reading;

namespace Baton.Server.Platform.Http;

/// <summary>The route table: features map onto it, the edge serves it, OpenAPI and the access tests list it.</summary>
internal sealed class Routes(
    IEndpointRouteBuilder endpoints, Edge edge, OperationCatalogue operations, ReadCatalogue reads)
{
    readonly List<Route> _all = [];

    public IReadOnlyList<Route> All => _all;

    /// <summary>A GET, which answers HEAD as well.</summary>
    public void Get(string path, RouteSpec spec, Handler handler) => Map("GET", path, spec, handler);

    public void Put(string path, RouteSpec spec, Handler handler) => Map("PUT", path, spec, handler);

    public void Post(string path, RouteSpec spec, Handler handler) => Map("POST", path, spec, handler);

    public void Patch(string path, RouteSpec spec, Handler handler) => Map("PATCH", path, spec, handler);

    public void Delete(string path, RouteSpec spec, Handler handler) => Map("DELETE", path, spec, handler);

    /// <summary>A GET that does a read of the catalogue; it answers HEAD as well.</summary>
    public void Get(string path, string read, IPathReader? reader = null) => Map("GET", path, reads[read], reader);

    /// <summary>A POST that does a read of the catalogue: what it asks is too long for a query.</summary>
    public void PostRead(string path, string read, IPathReader? reader = null) =>
        Map("POST", path, reads[read], reader);

    /// <summary>A PUT that does an operation of the catalogue.</summary>
    public void Put(string path, string operation, IPathReader? reader = null) =>
        Map("PUT", path, operation, reader, Commit);

    /// <summary>A POST that does an operation of the catalogue.</summary>
    public void Post(string path, string operation, IPathReader? reader = null) =>
        Map("POST", path, operation, reader, Commit);

    /// <summary>As a POST of an operation, which is not committed at once.</summary>
    public void Post(string path, string operation, IPathReader reader, OperationHandler run) =>
        Map("POST", path, operation, reader, run);

    /// <summary>A PATCH that does an operation of the catalogue.</summary>
    public void Patch(string path, string operation, IPathReader? reader = null) =>
        Map("PATCH", path, operation, reader, Commit);

    /// <summary>A DELETE that does an operation of the catalogue.</summary>
    public void Delete(string path, string operation, IPathReader? reader = null) =>
        Map("DELETE", path, operation, reader, Commit);

    void Map(string method, string path, string operation, IPathReader? reader, OperationHandler run)
    {
        var binder = new OperationBinder(operations[operation], reader);
        var spec = OperationRoute.SpecOf(operations[operation], binder, reader);
        Map(method, path, spec, call => DoAsync(call, binder, run));
    }

    void Map(string method, string path, ReadSpec read, IPathReader? reader)
    {
        var binder = new ReadBinder(read, reader);
        var spec = ReadRoute.SpecOf(read, binder, reader);
        Map(method, path, spec, call => ReadAsync(call, read, binder));
    }

    static async ValueTask<Failure?> ReadAsync(HttpCall call, ReadSpec read, ReadBinder binder)
    {
        var failure = await ReadRoute.AnswerAsync(call, read, binder);
        return failure is { IsOfRequest: true } ? binder.Translate(failure) : failure;
    }

    static ValueTask<Failure?> Commit(HttpCall call, Operation operation) => call.CommitAsync(operation);

    static async ValueTask<Failure?> DoAsync(HttpCall call, OperationBinder binder, OperationHandler run)
    {
        var operation = await binder.ReadAsync(call);
        var failure = operation.Failure ?? await run(call, operation.Value!);
        return failure is { IsOfRequest: true } ? binder.Translate(failure) : failure;
    }

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
        // ASP.NET Core allows the rest of the path to be empty. That is the path above this one, which takes other
        // methods.
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
