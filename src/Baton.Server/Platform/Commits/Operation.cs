using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Commits;

/// <summary>
/// One mutation, ready to be decided. An instance is one request; nothing else in the system changes the truth.
/// Called in the order of the members; <see cref="Reads"/> and what follows run on the lane, one operation at a time.
/// </summary>
internal abstract class Operation
{
    public required Actor Actor { get; init; }

    /// <summary>The operation's name, `stash.put`: the action of its ledger entry.</summary>
    public abstract string Name { get; }

    /// <summary>What it is about, `stash:market-report`.</summary>
    public abstract string Resource { get; }

    /// <summary>What it costs the lane; asked when it is prepared.</summary>
    public virtual Weight Weight => Weight.OneRow;

    /// <summary>
    /// What becomes of it when others overtake it. Whoever answers <see cref="Decision.PrepareAgain"/> says it.
    /// </summary>
    public virtual Contention Contention => new(Code: null, [Resource]);

    /// <summary>
    /// What only one operation that names the same may decide at a time, beside its workspace, on all servers.
    /// </summary>
    public virtual IReadOnlyList<string> Locks => [];

    /// <summary>The workspace that this operation itself makes; null: it acts in one that is there.</summary>
    public virtual WorkspaceRow? NewWorkspace(long now) => null;

    /// <summary>Checks the shape of the request, without any state; collects all errors.</summary>
    public virtual void Validate(InputErrors errors)
    {
    }

    /// <summary>
    /// What is slow and needs no lane: digests, reading ahead. Runs again where Decide answered
    /// <see cref="Decision.PrepareAgain"/>. Null when it is prepared; else what it came to without being decided: a
    /// failure, or that it has to be prepared again, when those who change the same have had their turns.
    /// </summary>
    public virtual ValueTask<Decision?> PrepareAsync(CancellationToken cancellation) => default;

    /// <summary>
    /// Names what Decide needs to know: rows by key, ranges of rows by their place, and queries. Asked in rounds:
    /// again, with what it named at hand, as often as it looks for something that is not known yet, but at most
    /// <see cref="ReadSet.MaxRounds"/> times. It may be asked anew after the last, for a batch that begins again.
    /// </summary>
    public virtual void Reads(ReadSet reads)
    {
    }

    /// <summary>
    /// Pure: from what was read and the lane's time to an effect, row changes and ledger entries; or to a failure, or
    /// to being prepared again, after which nothing has changed.
    /// </summary>
    public abstract Decision Decide(UnitOfWork work);
}
