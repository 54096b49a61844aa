using Baton.Contracts.Ledger;
using Baton.Server.Platform.Commits.Operations;

namespace Baton.Server.Platform.Commits;

/// <summary>The ledger entry of a refusal.</summary>
internal sealed class RecordRefusal(string action, string resource, string code, long count) : Operation
{
    public override string Name => action;

    public override string Resource => resource;

    public override Decision Decide(UnitOfWork work)
    {
        var detail = new Detail().Add("code", code);
        if (count > 1) detail.Add("count", count);
        work.RecordRefusal(action, resource, detail.ToBytes());
        return new Effect(Answer: null);
    }
}
