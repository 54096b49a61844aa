using Baton.Contracts;
using Baton.Contracts.Store;

namespace Baton.Server.Features.Store.Records.Addresses;

/// <summary>
/// The two places where records are: namespaces, which all agents share, and the state of each agent. They have the
/// same verbs and the same tables.
/// </summary>
/// <param name="Name">`store` or `state`: the type of the resources and the first word of the actions.</param>
/// <param name="Parameter">What the first part of the path is called.</param>
internal sealed record RecordSpace(string Name, string Parameter)
{
    /// <summary>The namespace where none is named.</summary>
    public const string DefaultNamespace = "default";

    /// <summary>No namespace begins so: it is a control character.</summary>
    const char StateMark = '\u0001';

    public static readonly RecordSpace Store = new("store", "namespace");

    public static readonly RecordSpace State = new("state", "agent_id");

    public bool IsState => this == State;

    /// <summary>`/store/{namespace}`.</summary>
    public string Path => $"/{Name}/{{{Parameter}}}";

    public string Action(string verb) => $"{Name}.{verb}";

    /// <summary>The namespace as its rows have it.</summary>
    public string StoredNamespace(string name) => IsState ? StateMark + name : name;

    /// <summary>The namespace of a request, as rows have it.</summary>
    public static string StoredNamespaceOf(object request) => request is IStateRequest state
        ? State.StoredNamespace(state.AgentId)
        : Store.StoredNamespace(((INamespaceRequest)request).Namespace ?? DefaultNamespace);

    public static RecordSpace Of(string storedNamespace) => storedNamespace is [StateMark, ..] ? State : Store;

    /// <summary>The name that callers know, from that which the rows have.</summary>
    public static string WireName(string storedNamespace) =>
        storedNamespace is [StateMark, ..] ? storedNamespace[1..] : storedNamespace;

    /// <summary>`store:pipeline:job-123/raw`, `state:planner/goal`; with an empty key the whole namespace.</summary>
    public static string ResourceOf(string storedNamespace, string key) =>
        ResourceName.Of(Of(storedNamespace).Name, WireName(storedNamespace), key);
}
