using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Identity;

namespace Baton.Server.Platform.Commits.Operations;

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

    /// <summary>What it costs the lane. It is asked when the operation is prepared.</summary>
    public virtual Weight Weight => Weight.OneRow;

    /// <summary>
    /// What happens if others overtake it. An operation that answers <see cref="Decision.PrepareAgain"/> must say so.
    /// </summary>
    public virtual Contention Contention => new(Code: null, [Resource]);

    /// <summary>
    /// The names of things, beside its workspace, about which only one operation may decide at a time on all servers.
    /// </summary>
    public virtual IReadOnlyList<string> Locks => [];

    /// <summary>The workspace that this operation itself makes; null: it acts in one that is there.</summary>
    public virtual WorkspaceRow? NewWorkspace(long now) => null;

    /// <summary>Checks the shape of the request, without any state; collects all errors.</summary>
    public virtual void Validate(InputErrors errors)
    {
    }

    /// <summary>
    /// Does what is slow and needs no lane, such as digests and reading ahead. It runs again if Decide has answered
    /// <see cref="Decision.PrepareAgain"/>. Answers null if the operation is prepared; otherwise the decision, without
    /// the lane: a failure, or that it has to be prepared again, after those who change the same thing have had their
    /// turns.
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
    /// Decides, as a pure function of what was read and of the lane's time: an effect with row changes and ledger
    /// entries, or a failure, or that the operation has to be prepared again. After the last two nothing has changed.
    /// </summary>
    public abstract Decision Decide(UnitOfWork work);
}
