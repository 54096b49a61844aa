using System.Text.Json.Nodes;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Http.Headers;
using Baton.Server.Platform.Http.Specs;

namespace Baton.Server.Platform.Http.OpenApi;

/// <summary>The parameters of operations: a route's own, and the headers that every route of a kind takes.</summary>
internal static class OpenApiParameters
{
    static readonly ParameterSpec s_trace = new(
        "traceparent", "string", "W3C trace context: kept in the ledger, and handed on. A malformed one is ignored.");

    static readonly ParameterSpec s_agent = new(
        "Baton-Agent", "string", "The agent that an unbound key acts as.")
    {
        Pattern = Names.Pattern,
    };

    static readonly ParameterSpec s_workspace = new(
        "Baton-Workspace", "string",
        "The workspace to act in, by name or id: another than the key's own for server keys only.");

    static readonly ParameterSpec s_minSeq = new(
        "Baton-Min-Seq", "integer", "A commit that the answer must include: waits for it up to 5 seconds, else 503.")
    {
        Minimum = 0,
    };

    static readonly ParameterSpec s_idempotencyKey = new(
        "Idempotency-Key", "string",
        "Makes repeating safe: the same request with it gets the first answer again, for at least 10 minutes. What "
        + "counts: method, path, query, If-Match, If-None-Match, Baton-Model, Baton-Sources, Content-Type and body; of "
        + "a JSON body its meaning: spaces, escapes, the order of members and how a number is written do not count (1 "
        + "and 1.0 are the same, 9007199254740993 and 9007199254740992 are not).")
    {
        MinLength = 1,
        MaxLength = IdempotencyHeader.MaxLength,
        Pattern = "^[!-~]*$",
    };

    static readonly ParameterSpec[] s_shared = [s_trace, s_agent, s_workspace, s_minSeq, s_idempotencyKey];

    public static JsonObject Components() =>
        new(s_shared.Select(spec => KeyValuePair.Create(spec.Name, (JsonNode?)Describe(spec, "header"))));

    public static JsonArray Of(RouteSpec spec)
    {
        var shared = new List<ParameterSpec> { s_trace };
        if (spec.Role is not null) shared.AddRange([s_agent, s_workspace, s_minSeq]);
        if (spec.IsMutation) shared.Add(s_idempotencyKey);
        return new(
        [
            .. spec.Path.Select(parameter => Describe(parameter, "path")),
            .. spec.Query.Select(parameter => Describe(parameter, "query")),
            .. spec.Headers.Select(parameter => Describe(parameter, "header")),
            .. shared.Select(parameter => new JsonObject { ["$ref"] = "#/components/parameters/" + parameter.Name }),
        ]);
    }

    static JsonObject Describe(ParameterSpec spec, string place)
    {
        var parameter = new JsonObject { ["name"] = spec.Name, ["in"] = place };
        if (place == "path" || spec.IsRequired) parameter["required"] = true;
        parameter["description"] = spec.Description;
        parameter["schema"] = SchemaOf(spec);
        // OpenAPI cannot say that a parameter may contain slashes, so an extension does.
        if (spec.TakesRest) parameter["x-rest"] = true;
        return parameter;
    }

    static JsonObject SchemaOf(ParameterSpec spec)
    {
        var schema = new JsonObject { ["type"] = spec.Type };
        if (spec.Type == "integer") schema["format"] = "int64";
        if (spec.Minimum is { } minimum) schema["minimum"] = minimum;
        if (spec.Maximum is { } maximum) schema["maximum"] = maximum;
        if (spec.MinLength is { } minLength) schema["minLength"] = minLength;
        if (spec.MaxLength is { } maxLength) schema["maxLength"] = maxLength;
        if (spec.Pattern is { } pattern) schema["pattern"] = pattern;
        if (spec.Default is { } value) schema["default"] = value;
        return schema;
    }
}
