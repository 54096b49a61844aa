using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Requests;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Access;

/// <summary>
/// What is known of one thing that a caller can ask of the server, besides its request: what every edge offers,
/// enforces and tells of it.
/// </summary>
/// <param name="name">`stash.put`: unique. Access is asked by it.</param>
/// <param name="summary">The first sentence, shared by the SDKs, the CLI and the tools.</param>
/// <param name="request">What is declared of its request.</param>
internal abstract class RequestSpec(string name, string summary, RequestShape request)
{
    public string Name => name;

    public string Summary => summary;

    public RequestShape Request => request;

    /// <summary>More sentences, in Markdown.</summary>
    public string? Description { get; init; }

    /// <summary>The least role.</summary>
    public Role Role { get; init; } = Role.Agent;

    /// <summary>The errors of its own, apart from those that everything has.</summary>
    public IReadOnlyList<ErrorCode> Errors { get; init; } = [];

    /// <summary>The answer is of a thing with a version.</summary>
    public bool HasVersion { get; init; }

    /// <summary>The most bytes of a body.</summary>
    public Func<BatonOptions, long> BodyLimit { get; init; } = options => options.BodyBytes;

    /// <summary>Whether a request names what it is about; otherwise it is about the workspace.</summary>
    public abstract bool NamesItsThing { get; }

    /// <summary>
    /// What a request is about, by what stands in its path: for access and the ledger of refusals. It may be ill-formed
    /// still.
    /// </summary>
    public abstract string ResourceOf(object request, Actor actor);

    /// <summary>
    /// What attributes cannot say of the members that stand outside of a body; places are pointers into the request.
    /// </summary>
    public abstract void CheckOutside(object request, InputErrors errors);
}
