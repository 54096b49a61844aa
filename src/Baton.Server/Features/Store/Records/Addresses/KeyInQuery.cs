namespace Baton.Server.Features.Store.Records.Addresses;

/// <summary>
/// `/store/{namespace}?key=…` is the same as `/store/{namespace}/{key}`: it is routed so. With an empty key it is not:
/// then it is a request for the whole namespace, which knows no parameter `key`.
/// </summary>
internal static class KeyInQuery
{
    public static Task RouteAsync(HttpContext http, RequestDelegate next)
    {
        if (IsOne(http.Request)) http.Request.Path = http.Request.Path.Value!.TrimEnd('/') + "/-";
        return next(http);
    }

    static bool IsOne(HttpRequest request)
    {
        if (!request.QueryString.HasValue || HttpMethods.IsPost(request.Method)) return false;
        var path = request.Path.Value.AsSpan();
        var root = path.StartsWith("/store/", StringComparison.OrdinalIgnoreCase)
            || path.StartsWith("/state/", StringComparison.OrdinalIgnoreCase) ? "/store/".Length : 0;
        return root > 0 && path[root..].TrimEnd('/').IndexOf('/') < 0
            && !string.IsNullOrEmpty(request.Query[RecordPath.KeyParameter]);
    }
}
