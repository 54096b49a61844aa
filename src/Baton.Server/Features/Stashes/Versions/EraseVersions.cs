using Baton.Contracts.Ledger;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Features.Stashes.Versions;

/// <summary>Erases rows that nothing refers to any more. Not in the ledger: nobody could read them.</summary>
/// <param name="seqs">The versions.</param>
/// <param name="newest">
/// The newest of the commits that dropped them. If a failover has lost it, other versions may have these seqs: then
/// nothing is erased.
/// </param>
internal sealed class EraseVersions(long[] seqs, DroppedBy newest) : Operation
{
    public override string Name => "stash.erase_versions";

    public override string Resource => WorkspaceRow.ResourceOf(Actor.WorkspaceId);

    public override Weight Weight => new(Bytes: 0, Rows: seqs.Length);

    public override void Reads(ReadSet reads) =>
        reads.Add(LedgerRow.Table, new LedgerKey(Actor.WorkspaceId, newest.Seq));

    public override Decision Decide(UnitOfWork work)
    {
        var dropping = work.Get(LedgerRow.Table, new LedgerKey(Actor.WorkspaceId, newest.Seq));
        if (dropping is null || !LedgerEncoding.TryDecodeBody(dropping.Entry, out var entry)
            || !newest.Commitment.AsSpan().SequenceEqual(entry!.Commitment))
            return new Effect(Answer: null);
        foreach (var seq in seqs) work.Delete(StashVersionRow.Table, new StashVersionKey(Actor.WorkspaceId, seq));
        return new Effect(Answer: null);
    }
}
