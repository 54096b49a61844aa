using Baton.Server.Platform.Commits.IdempotencyKeys;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Platform.Commits.Due;

/// <summary>Drops outcomes kept for longer than a day, and comes back while any are left. Not in the ledger.</summary>
internal sealed class IdempotencySweep(DueRow item) : DueOperation(item)
{
    const int StepCount = 500;

    readonly List<IdempotencyId> _old = [];
    long? _oldestLeft;

    public override Weight Weight => new(Bytes: 0, Rows: StepCount);

    public override void Reads(ReadSet reads)
    {
        reads.Add(WorkspaceRow.Table, Item.WorkspaceId);
        reads.Query(QueryAsync);
    }

    async ValueTask QueryAsync(ReadSession session, long now)
    {
        // The list is cleared, because the lane decides again after it has made room on a full disk.
        _old.Clear();
        _oldestLeft = null;
        var command = session.Command(
            "SELECT scope, key, at FROM idempotency WHERE workspace_id = @workspace_id ORDER BY at LIMIT @limit",
            ("@workspace_id", Item.WorkspaceId), ("@limit", (long)StepCount + 1));
        await using var reader = await command.ExecuteReaderAsync();
        while (_oldestLeft is null && await reader.ReadAsync())
        {
            var at = reader.GetInt64(2);
            if (at + Idempotency.KeptMicros > now || _old.Count == StepCount) _oldestLeft = at;
            else _old.Add(new IdempotencyId(Item.WorkspaceId, reader.GetString(0), reader.GetString(1)));
        }
    }

    protected override void Happen(UnitOfWork work)
    {
        foreach (var id in _old) work.Delete(IdempotencyRow.Table, id);
        work.ForgetIdempotency(_old.Count);
        if (_oldestLeft is { } at)
            work.Schedule(
                Math.Max(at + Idempotency.KeptMicros, work.Now), Idempotency.SweepKind, Item.Resource);
    }
}
