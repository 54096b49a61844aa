using Baton.Contracts.Ledger;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Platform.Commits;

/// <summary>What an operation decides over and into. Changes count only if Decide answers an effect.</summary>
internal sealed class UnitOfWork(Batch batch)
{
    /// <summary>DESIGN: a commit is read and sent as a whole, so it must stay small.</summary>
    public const int MaxEntries = 1000;

    readonly List<Draft> _drafts = [];
    readonly List<Action> _afterCommit = [];
    Actor _actor = null!;
    long _firstSeq;

    /// <summary>The lane's time in microseconds since 1970-01-01 UTC; the same for the whole operation.</summary>
    public long Now { get; private set; }

    /// <summary>Bytes of content that the workspace holds, with what this operation changes.</summary>
    public long WorkspaceBytes { get; private set; }

    /// <summary>Kept outcomes that the workspace holds, without those that this operation forgets.</summary>
    public long IdempotencyCount { get; private set; }

    /// <summary>The newest entry before those that this operation records.</summary>
    public long HeadSeq => _firstSeq - 1;

    /// <summary>The entries recorded so far.</summary>
    public IReadOnlyList<Draft> Drafts => _drafts;

    /// <summary>The earliest due time that this operation adds; null for none.</summary>
    public long? EarliestDue { get; private set; }

    /// <summary>
    /// What is to be done when, and only when, this operation is durable. Must be short and must not fail.
    /// </summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>Takes the actions of an operation that succeeded.</summary>
    public void TakeAfterCommit(List<Action> actions)
    {
        actions.AddRange(_afterCommit);
        _afterCommit.Clear();
    }

    public void Start(Actor actor, WorkspaceRow workspace, long now)
    {
        _drafts.Clear();
        _afterCommit.Clear();
        _actor = actor;
        _firstSeq = workspace.HeadSeq + 1;
        Now = now;
        WorkspaceBytes = workspace.Bytes;
        IdempotencyCount = workspace.IdempotencyCount;
        EarliestDue = null;
    }

    public TRow? Get<TKey, TRow>(Table<TKey, TRow> table, TKey key)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class => batch.Get(table, key);

    /// <summary>The row, if it was read or set before; null where it was not, or is not there.</summary>
    public TRow? Peek<TKey, TRow>(Table<TKey, TRow> table, TKey key)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class => batch.SetOf(table).Peek(key);

    public RangeRead<TKey, TRow> Range<TKey, TRow>(Table<TKey, TRow> table, IRowRange<TKey> range)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class => batch.Range(table, range);

    public void Put<TKey, TRow>(Table<TKey, TRow> table, TRow row)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class => batch.SetOf(table).Set(table.KeyOf(row), row);

    public void Delete<TKey, TRow>(Table<TKey, TRow> table, TKey key)
        where TKey : notnull, IEquatable<TKey>
        where TRow : class => batch.SetOf(table).Set(key, row: null);

    /// <summary>Adds a ledger entry and answers its seq.</summary>
    public long Record(string action, string resource, long? version, byte[]? detail = null, byte[]? commitment = null)
    {
        _drafts.Add(new Draft(action, resource, version, "ok", detail, commitment));
        return _firstSeq + _drafts.Count - 1;
    }

    /// <summary>Adds the entry of a refusal: nothing else was changed.</summary>
    public void RecordRefusal(string action, string resource, byte[]? detail) =>
        _drafts.Add(new Draft(action, resource, Version: null, "refused", detail, Commitment: null));

    /// <summary>Counts content that came (or, negative, went).</summary>
    public void AddBytes(long delta) => WorkspaceBytes += delta;

    /// <summary>Kept outcomes were dropped.</summary>
    public void ForgetIdempotency(int count) => IdempotencyCount -= count;

    /// <summary>Something is to happen at a time: `kind` says what, to the thing `resource`.</summary>
    public void Schedule(long dueAt, string kind, string resource)
    {
        Put(DueRow.Table, new DueRow(_actor.WorkspaceId, dueAt, kind, resource));
        EarliestDue = Math.Min(EarliestDue ?? long.MaxValue, dueAt);
    }

    /// <summary>It is not to happen after all.</summary>
    public void Unschedule(long dueAt, string kind, string resource) =>
        Delete(DueRow.Table, new DueKey(_actor.WorkspaceId, dueAt, kind, resource));

    /// <summary>The time of a row moved at which something is to happen; null: nothing was, or is.</summary>
    public void Reschedule(string kind, string resource, long? before, long? after)
    {
        if (before == after) return;
        if (before is { } gone) Unschedule(gone, kind, resource);
        if (after is { } due) Schedule(due, kind, resource);
    }

    public LedgerEntry Entry(int index, string? traceId)
    {
        var draft = _drafts[index];
        return new LedgerEntry
        {
            WorkspaceId = _actor.WorkspaceId,
            Seq = _firstSeq + index,
            CommitSeq = _firstSeq + _drafts.Count - 1,
            At = Now,
            AgentId = _actor.AgentId,
            KeyId = _actor.KeyId,
            Action = draft.Action,
            Resource = draft.Resource,
            Version = draft.Version,
            Outcome = draft.Outcome,
            Detail = draft.Detail,
            Commitment = draft.Commitment,
            TraceId = traceId,
        };
    }
}
