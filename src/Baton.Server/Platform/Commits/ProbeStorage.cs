using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Commits;

/// <summary>
/// Changes nothing; its commit writes the workspace's row all the same. Not in the ledger.
/// </summary>
internal sealed class ProbeStorage : Operation
{
    public override string Name => "server.probe";

    public override string Resource => WorkspaceRow.ResourceOf(Actor.WorkspaceId);

    public override Outcome<Effect> Decide(UnitOfWork work) => new Effect(Answer: null);
}
