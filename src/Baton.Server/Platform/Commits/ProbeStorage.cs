using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Commits;

/// <summary>
/// An operation that changes nothing. Its commit writes the row of the workspace all the same, which shows whether the
/// disk has room. Not in the ledger.
/// </summary>
internal sealed class ProbeStorage : Operation
{
    public override string Name => "server.probe";

    public override string Resource => WorkspaceRow.ResourceOf(Actor.WorkspaceId);

    public override Decision Decide(UnitOfWork work) => new Effect(Answer: null);
}
