using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Resources;

namespace Baton.Server.Platform.Http.OpenApi;

/// <summary>The OpenAPI 3.1 document: a function of the route table, the wire records and the limits.</summary>
internal static class OpenApiDocument
{
    const string Description = """
        One server where AI agents of any model, vendor, language and machine hand work to each other.

        Every route but the open ones takes a key, as `X-API-KEY` or as a bearer token. Times are RFC 3339 in UTC with
        microseconds, durations are seconds, sizes are bytes. Unknown query parameters and JSON members are errors.

        Where an operation has answers of several content types, `Accept` chooses, with weights (RFC 9110). An event
        stream or lines of JSON are for who prefers them: at equal weight, and where nothing that `Accept` names is
        there, the answer is JSON, or the thing itself. Answers are for their caller: `Cache-Control` and `Vary` tell it
        to caches. A body where none is taken is refused, with a GET too, and so is a compressed body.

        Errors are RFC 9457 problem documents: decide by `code` and `retryable`. `x-error-codes` lists the codes of an
        operation by status; `x-common-error-codes` those that any operation can answer besides.
        """;

    static readonly JsonWriterOptions s_format = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The document as UTF-8 JSON: the same input gives the same bytes.</summary>
    public static byte[] Render(
        IReadOnlyList<Route> routes, BatonOptions options, OperationCatalogue operations, ResourceTypes types)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, s_format))
            Make(routes, options, operations, types).WriteTo(writer);
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    static JsonObject Make(
        IReadOnlyList<Route> routes, BatonOptions options, OperationCatalogue operations, ResourceTypes types)
    {
        var schemas = new OpenApiSchemas(operations, types);
        var routed = new OpenApiOperations(options, schemas);
        var paths = new JsonObject();
        foreach (var route in routes)
        {
            if (paths[route.Path] is not JsonObject item) paths.Add(route.Path, item = []);
            item.Add(route.Method.ToLowerInvariant(), routed.Describe(route));
            if (route.Method == HttpMethods.Get) item.Add("head", routed.DescribeHead(route));
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Baton",
                ["version"] = ServerVersion.Text,
                ["description"] = Description,
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["tags"] = Tags(routes),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.ToJson(),
                ["responses"] = OpenApiProblems.Components(routes, schemas),
                ["parameters"] = OpenApiParameters.Components(),
                ["headers"] = OpenApiHeaders.Components(),
                ["securitySchemes"] = SecuritySchemes(),
            },
            ["x-common-error-codes"] = OpenApiProblems.ByStatus(EdgeErrors.Common),
        };
    }

    static JsonArray Tags(IEnumerable<Route> routes) =>
        new([.. routes.Select(OpenApiOperations.TagOf).Distinct().Select(tag => new JsonObject { ["name"] = tag })]);

    static JsonObject SecuritySchemes() => new()
    {
        ["ApiKey"] = new JsonObject
        {
            ["type"] = "apiKey",
            ["in"] = "header",
            ["name"] = "X-API-KEY",
            ["description"] = "An API key, `btn_…`.",
        },
        ["Bearer"] = new JsonObject
        {
            ["type"] = "http",
            ["scheme"] = "bearer",
            ["description"] = "An API key, `btn_…`, as a bearer token.",
        },
        ["Ticket"] = new JsonObject
        {
            ["type"] = "apiKey",
            ["in"] = "query",
            ["name"] = "ticket",
            ["description"] = "A ticket of `POST /tickets`, for one GET of the path that it was made for.",
        },
    };
}
