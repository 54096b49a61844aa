using Baton.Contracts.Errors;
using Baton.Server.Platform.Access;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Platform.Reading;

/// <summary>
/// The caller of a read, with all that a read needs to know of its request. Every edge makes one for each request, and
/// a read knows no more of the edge than this. Used by one request only.
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

    /// <summary>The id of the trace that the request belongs to (W3C Trace Context); null: none.</summary>
    public string? TraceId => traceId;

    /// <summary>Is cancelled when the caller goes away.</summary>
    public CancellationToken Aborted => aborted;

    /// <summary>The database, within the share of its readers that the workspace may have at once.</summary>
    public WorkspaceReads Reads => services.Shares.Of(actor.WorkspaceId);

    /// <summary>The newest commit that the answer includes for certain; 0: nothing was read yet.</summary>
    public long Seq { get; private set; }

    /// <summary>Notes the newest commit. Called before the rows are read, so that the answer includes it.</summary>
    public void Look() => Includes(services.Feed.Head(actor.WorkspaceId));

    /// <summary>Notes that the answer includes this commit.</summary>
    public void Includes(long seq) => Seq = seq;

    /// <summary>Whether a thing is there for the caller at all; see <see cref="Permissions.Filter"/>.</summary>
    public bool MaySee(string action, string resource) =>
        services.Permissions.Filter(actor, actor.WorkspaceId, action, resource);

    /// <summary>
    /// Whether the key that opened the request would still open it. Whatever takes long asks this again.
    /// </summary>
    public async ValueTask<bool> IsKeyValidAsync() =>
        await services.Authenticator.FindAsync(secret, aborted) is not null;

    /// <summary>The failure if <see cref="IsKeyValidAsync"/> says no.</summary>
    public static Failure KeyEnded => new(ErrorCodes.AuthRequired, "The key ended during the request.");
}
