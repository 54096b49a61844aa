using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Requests;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Access;

/// <summary>
/// What is known of one thing that callers can ask of the server, besides the members of its request. Every edge offers
/// it, enforces it and tells of it by this. Immutable.
/// </summary>
/// <param name="name">The name, `stash.put`, which is unique. Access is asked for by it.</param>
/// <param name="summary">The first sentence of its description, which the SDKs, the CLI and the tools share.</param>
/// <param name="request">What its request declares.</param>
internal abstract class RequestSpec(string name, string summary, RequestShape request)
{
    public string Name => name;

    public string Summary => summary;

    public RequestShape Request => request;

    /// <summary>The further sentences of its description, in Markdown.</summary>
    public string? Description { get; init; }

    /// <summary>The least role that a caller must have. Less is a 403 `access.denied`.</summary>
    public Role Role { get; init; } = Role.Agent;

    /// <summary>The errors with which it can fail, besides those that everything can fail with.</summary>
    public IReadOnlyList<ErrorCode> Errors { get; init; } = [];

    /// <summary>Whether the answer is about a thing that has a version.</summary>
    public bool HasVersion { get; init; }

    /// <summary>The most bytes of a body. More are a 413 `request.body_too_large`.</summary>
    public Func<BatonOptions, long> BodyLimit { get; init; } = options => options.BodyBytes;

    /// <summary>Whether a request names the thing that it is about. Otherwise it is about the workspace.</summary>
    public abstract bool NamesItsThing { get; }

    /// <summary>
    /// The resource that a request is about, by what stands in its path. Access is asked for it, and the ledger names
    /// it where the request is refused. What stands in the path may not have been checked yet.
    /// </summary>
    public abstract string ResourceOf(object request, Actor actor);

    /// <summary>
    /// Adds what is wrong with the members that stand outside of a body, as far as attributes cannot say it. Places are
    /// JSON pointers into the request.
    /// </summary>
    public abstract void CheckOutside(object request, InputErrors errors);
}
