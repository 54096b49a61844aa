using System.Data.Common;
using System.Runtime.InteropServices;
using Baton.Contracts.Errors;
using Baton.Contracts.Ledger;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits.IdempotencyKeys;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Caches;

namespace Baton.Server.Platform.Commits.Lane;

/// <summary>
/// Decides and commits one batch: all rows are read in one go, the operations are decided one after the other over
/// those rows, then everything is written and committed at once. Owned by the lane's thread.
/// </summary>
internal sealed partial class Committer(
    ILaneSession session,
    RowCaches caches,
    LaneClock clock,
    Idempotency idempotency,
    ICommitFollower feed,
    Action<long> dueAdded,
    BatonMetrics metrics,
    ILogger<Committer> log)
{
    readonly Batch _batch = new(caches);
    readonly List<LedgerRow> _ledgerRows = [];
    readonly List<Action> _afterCommit = [];
    readonly Dictionary<string, List<FeedEntry>> _feedEntries = [];
    ReadSet? _reads;
    UnitOfWork? _work;
    long _earliestDue;

    public async ValueTask CommitAsync(List<Submission> submissions)
    {
        _earliestDue = long.MaxValue;
        session.Begin(LocksOf(submissions));
        await ReadAsync(submissions);
        // The time is taken after the locks: another server may have held them for long.
        var now = clock.Now();
        foreach (var submission in submissions)
        {
            if (submission.Decision.Failure is null) submission.Decision = await DecideAsync(submission, now);
        }

        _batch.Write(session);
        if (_ledgerRows.Count > 0) session.Insert(LedgerRow.Table, _ledgerRows);
        _batch.Withdraw();
        await session.CommitAsync();
        Publish();
        metrics.Committed(submissions.Count, _ledgerRows.Count);
        Clear();
    }

    /// <summary>Forgets a batch whose commit did not come about.</summary>
    public async ValueTask AbandonAsync()
    {
        _batch.Restore();
        await session.RollbackAsync();
        Clear();
    }

    static LaneLocks LocksOf(List<Submission> submissions)
    {
        var workspaces = new SortedSet<string>(StringComparer.Ordinal);
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var submission in submissions)
        {
            workspaces.Add(submission.Operation.Actor.WorkspaceId);
            names.UnionWith(submission.Operation.Locks);
        }

        return new LaneLocks(workspaces, names);
    }

    /// <summary>
    /// Asks the operations what they need to know, in rounds. All that the batch names in a round is read in one go.
    /// </summary>
    async ValueTask ReadAsync(List<Submission> submissions)
    {
        _reads ??= new ReadSet(_batch);
        foreach (var submission in submissions)
        {
            var actor = submission.Operation.Actor;
            _reads.Add(WorkspaceRow.Table, actor.WorkspaceId);
            if (submission.IdempotencyKey is { } key)
                _reads.Add(IdempotencyRow.Table, new IdempotencyId(actor.WorkspaceId, key.Scope, key.Value));
        }

        List<Submission>? open = submissions;
        for (var round = 1; open is not null; round++)
        {
            open = Ask(open, isLast: round == ReadSet.MaxRounds);
            await _batch.LoadAsync(session);
        }
    }

    /// <summary>
    /// Asks the operations, and answers those that have to be asked again; null for none. A bug in one operation must
    /// not fail the whole batch.
    /// </summary>
    List<Submission>? Ask(List<Submission> submissions, bool isLast)
    {
        List<Submission>? open = null;
        foreach (var submission in submissions)
        {
            if (submission.Instead is not null) continue;
            try
            {
                _reads!.Begin();
                submission.Operation.Reads(_reads);
                submission.Queries = _reads.Queries;
                if (!_reads.IsOpen) continue;
                if (isLast) throw new InvalidOperationException("It names more to be read in every round.");
                (open ??= []).Add(submission);
            }
            catch (Exception bug)
            {
                submission.Decision = Fault(submission.Operation, bug);
            }
        }

        return open;
    }

    async ValueTask<Decision> DecideAsync(Submission submission, long now)
    {
        var operation = submission.Operation;
        var workspace = _batch.Get(WorkspaceRow.Table, operation.Actor.WorkspaceId) ?? operation.NewWorkspace(now);
        if (workspace is null) return new Failure(ErrorCodes.WorkspaceNotFound);
        if (submission.IdempotencyKey is { } key)
        {
            if (Idempotency.Find(_batch, workspace.WorkspaceId, key, now) is { } known) return known;
            if (idempotency.IsFull(workspace))
            {
                if (await MakeRoomAsync(workspace, now) is not { } roomier)
                    return new Failure(ErrorCodes.IdempotencyFull) { RetryAfterSeconds = 60 };
                workspace = roomier;
            }
        }

        // Another server's clock may be a little ahead: within a workspace time never goes back.
        now = Math.Max(now, workspace.HeadAt);
        if (submission.Queries is { } queries && await QueryAsync(operation, queries, now) is { } faulty)
            return faulty;
        _work ??= new UnitOfWork(_batch);
        _work.Start(operation.Actor, workspace, now);
        try
        {
            var decision = submission.Instead ?? operation.Decide(_work);
            if (decision.Effect is { } effect) return Accept(submission, workspace, effect);
            _batch.Undo();
            return decision;
        }
        catch (Exception bug)
        {
            // A bug in one operation must not fail the whole batch: its changes are undone, the others go on.
            _batch.Undo();
            return Fault(operation, bug);
        }
    }

    /// <summary>
    /// Runs the queries of an operation. A bug in them must not end the lane; a failure of the database does.
    /// </summary>
    async ValueTask<Failure?> QueryAsync(Operation operation, IReadOnlyList<RowQuery> queries, long now)
    {
        _batch.Write(session);
        await session.FlushAsync();
        try
        {
            foreach (var query in queries) await query(session.Queries, now);
            return null;
        }
        catch (Exception bug) when (bug is not (DbException or StorageFullException or StorageUnavailableException))
        {
            return Fault(operation, bug);
        }
    }

    Decision Accept(Submission submission, WorkspaceRow workspace, Effect effect)
    {
        var work = _work!;
        var count = work.Drafts.Count;
        if (count > UnitOfWork.MaxEntries)
        {
            _batch.Undo();
            return new Failure(
                ErrorCodes.CommitTooLarge,
                $"The commit would have {count} entries; {UnitOfWork.MaxEntries} is the most.");
        }

        if (count > 0 && effect.Operational is not null)
            throw new InvalidOperationException("An operational answer names no commit: it makes no entries.");
        // Without an entry the answer may still name a commit: the one that has made what was asked for.
        if (count > 0) effect = effect with { Seq = workspace.HeadSeq + count };
        var kept = work.IdempotencyCount;
        if (submission.IdempotencyKey is { } key && effect.Answer is not null)
        {
            var isNew = _batch.Get(
                IdempotencyRow.Table, new IdempotencyId(workspace.WorkspaceId, key.Scope, key.Value)) is null;
            Idempotency.Keep(work, workspace.WorkspaceId, key, effect);
            if (kept == 0) work.Schedule(work.Now + Idempotency.KeptMicros, Idempotency.SweepKind, "");
            if (isNew) kept++;
        }

        var hash = Append(submission, workspace);
        work.Put(WorkspaceRow.Table, workspace with
        {
            HeadSeq = workspace.HeadSeq + count,
            HeadHash = hash,
            HeadAt = count > 0 ? work.Now : workspace.HeadAt,
            Bytes = work.WorkspaceBytes,
            IdempotencyCount = kept,
        });
        work.TakeAfterCommit(_afterCommit);
        if (work.EarliestDue is { } due) _earliestDue = Math.Min(_earliestDue, due);
        _batch.Accept();
        return effect;
    }

    byte[] Append(Submission submission, WorkspaceRow workspace)
    {
        var hash = workspace.HeadHash;
        var count = _work!.Drafts.Count;
        if (count == 0) return hash;
        ref var entries = ref CollectionsMarshal.GetValueRefOrAddDefault(_feedEntries, workspace.WorkspaceId, out _);
        entries ??= [];
        for (var index = 0; index < count; index++)
        {
            var entry = _work.Entry(index, submission.TraceId);
            var body = LedgerEncoding.EncodeBody(entry);
            var next = LedgerEncoding.Hash(body, hash);
            _ledgerRows.Add(new LedgerRow(workspace.WorkspaceId, entry.Seq, body, next));
            entries.Add(new FeedEntry(entry, hash, next));
            hash = next;
        }

        return hash;
    }

    async ValueTask<WorkspaceRow?> MakeRoomAsync(WorkspaceRow workspace, long now)
    {
        _batch.Write(session);
        await session.FlushAsync();
        var dropped = await Idempotency.DropOldestAsync(session.Queries, _batch, workspace.WorkspaceId, now);
        if (dropped == 0) return null;
        var roomier = workspace with { IdempotencyCount = workspace.IdempotencyCount - dropped };
        _batch.SetOf(WorkspaceRow.Table).Set(workspace.WorkspaceId, roomier);
        _batch.Accept();
        return roomier;
    }

    void Publish()
    {
        _batch.Publish();
        // The actions run before the feed wakes anybody: whoever is woken finds in memory what they have put there.
        _afterCommit.ForEach(action => action());
        foreach (var (workspaceId, entries) in _feedEntries)
        {
            if (entries.Count > 0) feed.Publish(workspaceId, CollectionsMarshal.AsSpan(entries));
        }

        if (_earliestDue != long.MaxValue) dueAdded(_earliestDue);
    }

    void Clear()
    {
        _batch.Clear();
        _ledgerRows.Clear();
        _afterCommit.Clear();
        foreach (var entries in _feedEntries.Values) entries.Clear();
    }

    Failure Fault(Operation operation, Exception bug)
    {
        LogBug(bug, operation.Name);
        return new Failure(ErrorCodes.ServerInternal);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Operation {Operation} failed by a fault of the server")]
    partial void LogBug(Exception bug, string operation);
}
