using Baton.Contracts;
using Baton.Contracts.Store;

namespace Baton.Server.Features.Store.Records.Addresses;

/// <summary>
/// The two places where records are: the namespaces, which all agents share, and the state of each agent. They have the
/// same verbs and the same tables.
/// </summary>
/// <param name="Name">`store` or `state`: the type of the resources, and the first word of the actions.</param>
/// <param name="Parameter">The name of the first part of the path.</param>
internal sealed record RecordSpace(string Name, string Parameter)
{
    /// <summary>The namespace of requests that name none.</summary>
    public const string DefaultNamespace = "default";

    /// <summary>
    /// The first character of what rows have as the namespace of an agent. No namespace begins with it, because it is a
    /// control character.
    /// </summary>
    const char StateMark = '\u0001';

    public static readonly RecordSpace Store = new("store", "namespace");

    public static readonly RecordSpace State = new("state", "agent_id");

    public bool IsState => this == State;

    /// <summary>`/store/{namespace}`.</summary>
    public string Path => $"/{Name}/{{{Parameter}}}";

    public string Action(string verb) => $"{Name}.{verb}";

    /// <summary>The namespace as rows have it, made from the namespace or the agent that a caller names.</summary>
    public string StoredNamespace(string name) => IsState ? StateMark + name : name;

    /// <summary>The namespace as rows have it, of a request.</summary>
    public static string StoredNamespaceOf(object request) => request is IStateRequest state
        ? State.StoredNamespace(state.AgentId)
        : Store.StoredNamespace(((INamespaceRequest)request).Namespace ?? DefaultNamespace);

    public static RecordSpace Of(string storedNamespace) => storedNamespace is [StateMark, ..] ? State : Store;

    /// <summary>The namespace or the agent as callers name it, made from the namespace as rows have it.</summary>
    public static string WireName(string storedNamespace) =>
        storedNamespace is [StateMark, ..] ? storedNamespace[1..] : storedNamespace;

    /// <summary>
    /// The resource of a record: `store:pipeline:job-123/raw`, `state:planner/goal`. With an empty key it is that of
    /// the whole namespace.
    /// </summary>
    public static string ResourceOf(string storedNamespace, string key) =>
        ResourceName.Of(Of(storedNamespace).Name, WireName(storedNamespace), key);
}
