using Baton.Contracts.Errors;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Http.Specs;

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

    /// <summary>Changes something that is operational: it is durable, but not in the ledger.</summary>
    public bool IsOperational { get; init; }

    /// <summary>Changes something, whatever it is: who may write the thing is asked.</summary>
    public bool IsWrite => IsMutation || IsOperational;

    /// <summary>Of an open route: its answer changes so seldom that whoever keeps it saves work.</summary>
    public bool IsKept { get; init; }

    static readonly Func<HttpCall, string> s_workspace = static call => WorkspaceRow.ResourceOf(call.Actor.WorkspaceId);

    /// <summary>
    /// The thing that a request is about, from its route values: for access and the ledger of refusals. The workspace,
    /// where the path names nothing in it.
    /// </summary>
    public Func<HttpCall, string> Resource { get; init; } = s_workspace;

    /// <summary>Whether the route says what it is about, rather than that it is about the workspace.</summary>
    public bool NamesItsThing => Resource != s_workspace;
}
