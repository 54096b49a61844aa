using System.Text.Json.Nodes;

namespace Baton.Server.Platform.Http.OpenApi;

/// <summary>Every response header that has a meaning, and what it is.</summary>
internal static class OpenApiHeaders
{
    const string OptionalSuffix = "-Optional";
    const string TimePattern = @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$";

    static readonly (string Name, string Description, JsonObject Schema)[] s_all =
    [
        ("Baton-Seq", "A commit that the answer includes; of a mutation, its own.", Integer(minimum: 0)),
        ("ETag", "A strong entity tag: of a thing, its version in double quotes.", Text("^\"[0-9a-f]+\"$")),
        ("Baton-Updated-By", "The agent that wrote this version, or the key where no agent was named.", Text()),
        ("Baton-Updated-At", "When this version was written.", Text(TimePattern)),
        ("Baton-Expires-At", "When the thing ends; not there if never.", Text(TimePattern)),
        ("Idempotency-Replayed", "`true`: this is the first answer to this Idempotency-Key again.", Text("^true$")),
        ("RateLimit", "What is left, for keys with a limit (draft-ietf-httpapi-ratelimit-headers-11).", Text()),
        ("RateLimit-Policy", "The limit, for keys that have one (draft-ietf-httpapi-ratelimit-headers-11).", Text()),
        ("Retry-After", "Seconds after which a repetition can help.", Integer(minimum: 1)),
        ("WWW-Authenticate", "How to authenticate (RFC 9110, section 11.6.1).", Text()),
        ("X-Content-Type-Options", "The bytes are what their writer says they are.", Text("^nosniff$")),
        ("Content-Security-Policy", "The bytes are no page of this server.", Text("^sandbox$")),
    ];

    /// <summary>The components: each header twice, as required and as optional.</summary>
    public static JsonObject Components()
    {
        var components = new JsonObject();
        foreach (var (name, description, schema) in s_all)
        {
            components.Add(name, Describe(description, schema, isRequired: true));
            components.Add(name + OptionalSuffix, Describe(description, schema, isRequired: false));
        }

        return components;
    }

    /// <summary>Adds a header to the headers of an answer. Throws for one that is not listed here.</summary>
    public static void Add(JsonObject headers, string name, bool isRequired)
    {
        if (!Array.Exists(s_all, header => header.Name == name))
            throw new ArgumentException($"{name} is not described.", nameof(name));
        var component = isRequired ? name : name + OptionalSuffix;
        headers[name] = new JsonObject { ["$ref"] = "#/components/headers/" + component };
    }

    static JsonObject Describe(string description, JsonObject schema, bool isRequired) => new()
    {
        ["description"] = description,
        ["required"] = isRequired,
        ["schema"] = schema.DeepClone(),
    };

    static JsonObject Integer(long minimum) =>
        new() { ["type"] = "integer", ["format"] = "int64", ["minimum"] = minimum };

    static JsonObject Text(string? pattern = null) =>
        pattern is null ? new() { ["type"] = "string" } : new() { ["type"] = "string", ["pattern"] = pattern };
}
