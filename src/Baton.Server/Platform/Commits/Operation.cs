using Baton.Contracts;
using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Storage;

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
    /// What is slow and needs no lane: digests, reading ahead. Runs again when Decide answered Stale.
    /// </summary>
    public virtual ValueTask<Failure?> PrepareAsync(CancellationToken cancellation) => new((Failure?)null);

    /// <summary>Names the rows that Decide looks at.</summary>
    public virtual void Reads(ReadSet reads)
    {
    }

    /// <summary>Names ranges of rows: their keys cannot be named, but their place can, by rows named before.</summary>
    public virtual void Ranges(IRows rows, RangeSet ranges)
    {
    }

    /// <summary>Names rows whose keys stand in rows or ranges named before.</summary>
    public virtual void MoreReads(IRows rows, ReadSet reads)
    {
    }

    /// <summary>
    /// Whether Decide needs <see cref="QueryAsync"/>: the lane then writes what is pending first.
    /// </summary>
    public virtual bool HasQuery => false;

    /// <summary>Finds, inside the transaction, the rows whose keys cannot be named, and names them.</summary>
    public virtual ValueTask QueryAsync(ReadSession session, long now, ReadSet reads) => default;

    /// <summary>
    /// Pure: from the rows and the lane's time to an effect, row changes and ledger entries, or to a failure, after
    /// which nothing has changed.
    /// </summary>
    public abstract Outcome<Effect> Decide(UnitOfWork work);
}

/// <summary>What a decided operation answers.</summary>
/// <param name="Answer">The wire record; null for operational things that answer nothing. The lane fills in its
/// seq.</param>
/// <param name="Version">For the ETag; null where the thing has no version.</param>
/// <param name="Created">Something new came to be: HTTP answers 201.</param>
internal sealed record Effect(Committed? Answer, long? Version = null, bool Created = false)
{
    /// <summary>
    /// The commit, filled in by the lane; 0 for operational things. Where nothing had to change, Decide may name the
    /// commit that made what was asked for.
    /// </summary>
    public long Seq { get; init; }

    /// <summary>What is answered by what is operational: it names no commit.</summary>
    public object? Operational { get; private init; }

    /// <summary>The effect of what is operational.</summary>
    public static Effect OfOperational(object answer, bool created = false) =>
        new(Answer: null, Created: created) { Operational = answer };

    /// <summary>How the answer is kept for an Idempotency-Key: without its secrets.</summary>
    public Committed? Replay { get; init; }

    /// <summary>This is a kept answer, given again.</summary>
    public ReplayedAnswer? Replayed { get; init; }
}

/// <summary>Rows as Decide sees them: as stored, plus what the batch has changed so far.</summary>
internal interface IRows
{
    TRow? Get<TKey, TRow>(Table<TKey, TRow> table, TKey key)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class;

    /// <summary>A range that was named.</summary>
    RangeRead<TKey, TRow> Range<TKey, TRow>(Table<TKey, TRow> table, IRowRange<TKey> range)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class;
}
