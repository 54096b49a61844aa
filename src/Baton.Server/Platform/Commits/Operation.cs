using Baton.Contracts.Errors;
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

    /// <summary>Why it fails when it was prepared over and over and others were always faster.</summary>
    public virtual ErrorCode ContendedCode => ErrorCodes.StashContended;

    /// <summary>
    /// On what those who were overtaken take turns, in order: what others change as well.
    /// </summary>
    public virtual IReadOnlyList<string> Turns => [Resource];

    /// <summary>
    /// How often it is prepared because others were faster, or because its parts build on each other.
    /// </summary>
    public virtual int MaxAttempts => 10;

    /// <summary>Bytes of payload, for the bounds of queues and batches.</summary>
    public virtual int WeightBytes => 0;

    /// <summary>Rows that it writes, roughly: a batch holds so many, and each workspace its part of them.</summary>
    public virtual int WeightRows => 1;

    /// <summary>
    /// What only one such operation may decide at a time, beside its workspace, on all servers; null: nothing.
    /// </summary>
    public virtual string? Lock => null;

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
