using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Http;

/// <summary>
/// All that is known of a route besides its method and path: what the edge enforces and OpenAPI tells.
/// </summary>
/// <param name="Action">The operation's name, or for a read its own: `stash.put`, `stash.read`. Unique per
/// route.</param>
/// <param name="Summary">The first sentence, shared by the SDKs, the CLI and the tools.</param>
internal sealed record RouteSpec(string Action, string Summary)
{
    /// <summary>More sentences, in Markdown.</summary>
    public string? Description { get; init; }

    /// <summary>The least role; null: no key is needed.</summary>
    public Role? Role { get; init; } = Identity.Role.Agent;

    /// <summary>The parameters of the path's template, each one of them.</summary>
    public IReadOnlyList<ParameterSpec> Path { get; init; } = [];

    /// <summary>What may stand in the query; anything else is a 400.</summary>
    public IReadOnlyList<ParameterSpec> Query { get; init; } = [];

    /// <summary>Request headers with a meaning here, those that every route takes apart.</summary>
    public IReadOnlyList<ParameterSpec> Headers { get; init; } = [];

    /// <summary>The body; null: none is read.</summary>
    public BodySpec? Body { get; init; }

    /// <summary>The good answers.</summary>
    public required IReadOnlyList<AnswerSpec> Answers { get; init; }

    /// <summary>The errors of this route, those that every route has apart.</summary>
    public IReadOnlyList<ErrorCode> Errors { get; init; } = [];

    /// <summary>Changes the truth: takes an Idempotency-Key and answers with its commit.</summary>
    public bool IsMutation { get; init; }

    /// <summary>Of an open route: its answer changes so seldom that whoever keeps it saves work.</summary>
    public bool IsKept { get; init; }

    static readonly Func<HttpCall, string> s_workspace = static call => "workspace:" + call.Actor.WorkspaceId;

    /// <summary>
    /// The thing that a request is about, from its route values: for access and the ledger of refusals. The workspace,
    /// where the path names nothing in it.
    /// </summary>
    public Func<HttpCall, string> Resource { get; init; } = s_workspace;

    /// <summary>Whether the route says what it is about, rather than that it is about the workspace.</summary>
    public bool NamesItsThing => Resource != s_workspace;
}

/// <summary>A parameter of the path or the query, or a header.</summary>
/// <param name="Name">As it stands in the request.</param>
/// <param name="Type">An OpenAPI type: `string`, `integer` or `boolean`.</param>
/// <param name="Description">Meaning, default, unit.</param>
internal sealed record ParameterSpec(string Name, string Type, string Description)
{
    public long? Minimum { get; init; }

    public long? Maximum { get; init; }

    /// <summary>What holds without it; null where the description has to say that.</summary>
    public long? Default { get; init; }

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    /// <summary>An ECMA-262 regular expression that a text must match.</summary>
    public string? Pattern { get; init; }

    /// <summary>The last parameter of a path: takes all the rest, slashes too, at least a character.</summary>
    public bool TakesRest { get; init; }
}

/// <summary>A request body.</summary>
/// <param name="Type">The JSON type; null: any bytes of any content type.</param>
/// <param name="Limit">The most bytes.</param>
internal sealed record BodySpec(Type? Type, Func<BatonOptions, long> Limit)
{
    /// <summary>The most that an array of the type may hold in place of one; 0: no array is taken.</summary>
    public int MaxItems { get; init; }

    /// <summary>What it must be said to be; null: JSON if there is a type, and anything otherwise.</summary>
    public string? ContentType { get; init; }

    /// <summary>Another content type that is taken, of any JSON; null: none.</summary>
    public string? OtherContentType { get; init; }

    public static BodySpec Json<T>() => new(typeof(T), options => options.BodyBytes);

    /// <summary>Any JSON value.</summary>
    public static BodySpec AnyJson(Func<BatonOptions, long> limit) =>
        new(Type: null, limit) { ContentType = "application/json" };

    public static BodySpec Bytes(Func<BatonOptions, long> limit) => new(Type: null, limit);
}

/// <summary>A good answer.</summary>
/// <param name="Status">200, 201, 204 or 304.</param>
/// <param name="Type">The JSON type; null: no body, or bytes.</param>
/// <param name="Description">When it comes.</param>
internal sealed record AnswerSpec(int Status, Type? Type, string Description)
{
    /// <summary>Another JSON type that it can be; null: none.</summary>
    public Type? OtherType { get; init; }

    /// <summary>Null: JSON if there is a type, and no body otherwise.</summary>
    public string? ContentType { get; init; }

    /// <summary>Response headers that are always there.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>Response headers that are there at times; the description says when.</summary>
    public IReadOnlyList<string> OptionalHeaders { get; init; } = [];

    /// <summary>For event streams: the type of each event's data.</summary>
    public Type? EventType { get; init; }

    public static AnswerSpec Json<T>(int status, string description, params string[] headers) =>
        new(status, typeof(T), description) { Headers = headers };

    public static AnswerSpec Events<T>(string description) => new(200, Type: null, description)
    {
        ContentType = "text/event-stream",
        Headers = ["Baton-Seq"],
        EventType = typeof(T),
    };
}
