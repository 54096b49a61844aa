using System.Globalization;
using System.Text.Json.Nodes;
using Baton.Contracts.Errors;

namespace Baton.Server.Platform.Http.OpenApi;

/// <summary>The error answers of operations, and their codes.</summary>
internal static class OpenApiProblems
{
    static readonly List<ErrorCode> s_catalogue = [.. ErrorCodes.All];

    /// <summary>Codes by status, both in order: `{"404": ["stash.not_found"]}`.</summary>
    public static JsonObject ByStatus(IEnumerable<ErrorCode> errors)
    {
        var statuses = new JsonObject();
        foreach (var status in Group(errors))
            statuses.Add(Text(status.Key), new JsonArray([.. status.Select(error => (JsonNode)error.Code)]));
        return statuses;
    }

    /// <summary>The error answers of a route. A status to which it adds nothing refers to a common answer.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Responses(Route route, OpenApiSchemas schemas)
    {
        foreach (var status in Group(EdgeErrors.AllOf(route)))
        {
            var isSpecial = status.Except(EdgeErrors.Common).Any(route.Spec.Errors.Contains);
            yield return new(Text(status.Key), isSpecial
                ? Response(status.Key, status, schemas)
                : new JsonObject { ["$ref"] = "#/components/responses/" + ComponentName(status.Key) });
        }
    }

    /// <summary>One answer for each status, with everything that the edge can mean by it.</summary>
    public static JsonObject Components(IEnumerable<Route> routes, OpenApiSchemas schemas)
    {
        var components = new JsonObject();
        var errors = routes.SelectMany(route => EdgeErrors.AllOf(route).Except(route.Spec.Errors)).Distinct();
        foreach (var status in Group(errors))
            components.Add(ComponentName(status.Key), Response(status.Key, status, schemas));
        return components;
    }

    static JsonObject Response(int status, IEnumerable<ErrorCode> errors, OpenApiSchemas schemas)
    {
        var headers = new JsonObject();
        if (status == StatusCodes.Status401Unauthorized)
            OpenApiHeaders.Add(headers, "WWW-Authenticate", isRequired: true);
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
            OpenApiHeaders.Add(headers, "Retry-After", isRequired: true);
        if (status == StatusCodes.Status409Conflict) OpenApiHeaders.Add(headers, "Retry-After", isRequired: false);
        var response = new JsonObject
        {
            ["description"] = string.Join(' ', errors.Select(error => $"`{error.Code}`: {error.Title}.")),
            ["headers"] = headers,
            ["content"] = new JsonObject
            {
                ["application/problem+json"] = new JsonObject { ["schema"] = schemas.Reference(typeof(Problem)) },
            },
        };
        if (headers.Count == 0) response.Remove("headers");
        return response;
    }

    static IEnumerable<IGrouping<int, ErrorCode>> Group(IEnumerable<ErrorCode> errors) =>
        errors.OrderBy(s_catalogue.IndexOf).GroupBy(error => error.Status).OrderBy(status => status.Key);

    static string ComponentName(int status) => "Problem" + Text(status);

    static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
