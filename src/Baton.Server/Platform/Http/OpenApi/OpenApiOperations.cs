using System.Globalization;
using System.Text.Json.Nodes;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Http.Specs;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Http.OpenApi;

/// <summary>Describes routes as OpenAPI operations.</summary>
internal sealed class OpenApiOperations(BatonOptions options, OpenApiSchemas schemas)
{
    const string EventStream = "text/event-stream";

    /// <summary>The part of the action before the dot: `stash`.</summary>
    public static string TagOf(Route route) => route.Spec.Action.Split('.')[0];

    public JsonObject Describe(Route route) =>
        Describe(route, IdOf(route.Spec.Action), route.Spec.Description, isHead: false);

    /// <summary>The HEAD of a GET: the same without bodies. Only a GET takes tickets and gives event streams.</summary>
    public JsonObject DescribeHead(Route route) => Describe(
        route, IdOf(route.Spec.Action) + "Head", $"Answers as GET {route.Path} does, without the body.", isHead: true);

    JsonObject Describe(Route route, string id, string? description, bool isHead)
    {
        var spec = route.Spec;
        var operation = new JsonObject
        {
            ["operationId"] = id,
            ["tags"] = new JsonArray(TagOf(route)),
            ["summary"] = spec.Summary,
        };
        if (description is not null) operation["description"] = description;
        operation["x-action"] = spec.Action;
        if (spec.Role is { } role) operation["x-least-role"] = Roles.NameOf(role);
        operation["security"] = SecurityOf(route, isHead);
        operation["parameters"] = OpenApiParameters.Of(spec);
        if (spec.Body is { } body) operation["requestBody"] = Describe(body);
        var problems = OpenApiProblems.Responses(route, schemas);
        operation["responses"] = new JsonObject([.. Answers(spec, isHead), .. problems]);
        var special = EdgeErrors.AllOf(route).Except(EdgeErrors.Common).ToList();
        if (special.Count > 0) operation["x-error-codes"] = OpenApiProblems.ByStatus(special);
        return operation;
    }

    static JsonArray SecurityOf(Route route, bool isHead)
    {
        if (route.Spec.Role is null) return [];
        var isTicketTaken = route.Method == HttpMethods.Get && !isHead;
        string[] schemes = isTicketTaken ? ["ApiKey", "Bearer", "Ticket"] : ["ApiKey", "Bearer"];
        return new([.. schemes.Select(scheme => new JsonObject { [scheme] = new JsonArray() })]);
    }

    JsonObject Describe(BodySpec body)
    {
        var limit = body.Limit(options);
        var contentType = body.ContentType ?? (body.Type is null ? "*/*" : "application/json");
        var media = new JsonObject();
        if (body.Type is not null) media["schema"] = SchemaOf(body.Type, body.MaxItems);
        var content = new JsonObject { [contentType] = media };
        if (body.OtherContentType is { } other) content[other] = new JsonObject();
        return new JsonObject
        {
            ["description"] = $"At most {limit} bytes.",
            ["required"] = body.Type is not null || body.ContentType is not null,
            ["content"] = content,
            ["x-max-bytes"] = limit,
        };
    }

    JsonObject SchemaOf(Type type, int maxItems)
    {
        var one = schemas.Reference(type, isRequest: true);
        if (maxItems == 0) return one;
        var many = new JsonObject
        {
            ["type"] = "array",
            ["items"] = schemas.Reference(type, isRequest: true),
            ["minItems"] = 1,
            ["maxItems"] = maxItems,
        };
        return new JsonObject { ["oneOf"] = new JsonArray(one, many) };
    }

    IEnumerable<KeyValuePair<string, JsonNode?>> Answers(RouteSpec spec, bool isHead)
    {
        var answers = spec.Answers.Where(answer => !isHead || answer.ContentType != EventStream);
        foreach (var status in answers.GroupBy(answer => answer.Status).OrderBy(group => group.Key))
        {
            var response = new JsonObject
            {
                ["description"] = string.Join(' ', status.Select(answer => answer.Description)),
                ["headers"] = HeadersOf(spec, [.. status]),
            };
            var content = new JsonObject(status
                .Where(answer => !isHead && ContentTypeOf(answer) is not null)
                .Select(answer => KeyValuePair.Create(ContentTypeOf(answer)!, (JsonNode?)MediaOf(answer))));
            if (content.Count > 0) response["content"] = content;
            yield return new(status.Key.ToString(CultureInfo.InvariantCulture), response);
        }
    }

    static string? ContentTypeOf(AnswerSpec answer) =>
        answer.ContentType ?? (answer.Type is null ? null : "application/json");

    JsonObject MediaOf(AnswerSpec answer)
    {
        if (answer is { Type: { } one, OtherType: { } other })
            return new JsonObject
            {
                ["schema"] = new JsonObject
                {
                    ["oneOf"] = new JsonArray(schemas.Reference(one), schemas.Reference(other)),
                },
            };
        if (answer.Type is { } type) return new JsonObject { ["schema"] = schemas.Reference(type) };
        if (answer.EventType is null) return [];
        var schema = new JsonObject
        {
            ["type"] = "string",
            ["description"] = "Server-sent events (WHATWG HTML, section 9.2). The data of each is a JSON text of "
                + "`x-event-data`; the last one is `event: end` with a reason, unless the connection breaks.",
        };
        return new JsonObject { ["schema"] = schema, ["x-event-data"] = schemas.Reference(answer.EventType) };
    }

    /// <summary>
    /// The headers of a status. A header is required if every answer of the status has it, whatever its content type.
    /// </summary>
    static JsonObject HeadersOf(RouteSpec spec, IReadOnlyList<AnswerSpec> answers)
    {
        var headers = new JsonObject();
        foreach (var name in answers.SelectMany(answer => answer.Headers.Concat(answer.OptionalHeaders)).Distinct())
            OpenApiHeaders.Add(headers, name, answers.All(answer => answer.Headers.Contains(name)));
        if (spec.IsMutation) OpenApiHeaders.Add(headers, "Idempotency-Replayed", isRequired: false);
        if (spec.Role is null) return headers;
        OpenApiHeaders.Add(headers, "RateLimit", isRequired: false);
        OpenApiHeaders.Add(headers, "RateLimit-Policy", isRequired: false);
        return headers;
    }

    /// <summary>`stash.put` to `stashPut`.</summary>
    static string IdOf(string action)
    {
        var words = action.Split('.', '_');
        return words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
