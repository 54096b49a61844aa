using Baton.Contracts.Errors;
using Baton.Server.Platform.Access;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Platform.Reading;

/// <summary>
/// Who asks, and what a read needs to know of the request that it serves. Every edge makes one for each request, and a
/// read knows no more of the edge than this. Used by one request only.
/// </summary>
internal sealed class Caller(
    ReadServices services, Actor actor, SecretHash secret, string? traceId, CancellationToken aborted)
{
    public ReadServices Services => services;

    public Actor Actor => actor;

    public string WorkspaceId => actor.WorkspaceId;

    /// <summary>
    /// The hash of the secret that opened the request, or made the ticket that did.
    /// </summary>
    public SecretHash Secret => secret;

    /// <summary>The trace that the request belongs to, as W3C Trace Context has it; null: none.</summary>
    public string? TraceId => traceId;

    /// <summary>The caller went away.</summary>
    public CancellationToken Aborted => aborted;

    /// <summary>The database, within the share of its readers that the workspace may have at once.</summary>
    public WorkspaceReads Reads => services.Shares.Of(actor.WorkspaceId);

    /// <summary>The newest commit that what was read includes for certain; 0: nothing was read yet.</summary>
    public long Seq { get; private set; }

    /// <summary>
    /// Begins to look: what is read from here on includes every commit that is there now. To be called before the rows
    /// are read.
    /// </summary>
    public void Look() => Includes(services.Feed.Head(actor.WorkspaceId));

    /// <summary>What was read includes this commit.</summary>
    public void Includes(long seq) => Seq = seq;

    /// <summary>Whether a thing is there for the caller at all; see <see cref="Permissions.Filter"/>.</summary>
    public bool MaySee(string action, string resource) =>
        services.Permissions.Filter(actor, actor.WorkspaceId, action, resource);

    /// <summary>
    /// Whether the key that opened the request would open it still: asked again by whatever takes long.
    /// </summary>
    public async ValueTask<bool> IsKeyValidAsync() =>
        await services.Authenticator.FindAsync(secret, aborted) is not null;

    /// <summary>The answer where <see cref="IsKeyValidAsync"/> says no.</summary>
    public static Failure KeyEnded => new(ErrorCodes.AuthRequired, "The key ended during the request.");
}
