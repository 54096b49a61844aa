using Baton.Server.Features.Stashes.Versions;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Features.Stashes.Lineages;

/// <summary>
/// Erases the edges of versions that are no longer kept, oldest first and so many at a time, and gives their bytes
/// back. Not in the ledger: who made those versions is in their own entries.
/// </summary>
internal sealed class ForgetLineage(DueRow item, StashOptions options, IDatabase database) : DueOperation(item)
{
    public const string Kind = "stash.forget_lineage";

    const int StepCount = 500;

    /// <summary>The due time of the items that the migration made. No other item has it.</summary>
    const long ByMigration = 0;

    List<LineageKey> _oldest = [];

    public override Weight Weight => new(Bytes: 0, Rows: StepCount);

    StashKey Stash => new(Item.WorkspaceId, Item.Resource[Stashes.Stash.ResourceOf("").Length..]);

    /// <summary>Versions that are dropped in the same second are handled by one item.</summary>
    public static void Schedule(UnitOfWork work, string target) => work.Schedule(
        (work.Now + Micros.PerSecond - 1) / Micros.PerSecond * Micros.PerSecond, Kind, target);

    public override async ValueTask<Decision?> PrepareAsync(CancellationToken cancellation)
    {
        _oldest = await database.ReadAsync(Item, ReadOldestAsync, cancellation);
        return null;
    }

    public override void Reads(ReadSet reads)
    {
        reads.Add(StashRow.Table, Stash);
        foreach (var key in _oldest) reads.Add(LineageRow.Table, key);
    }

    protected override void Happen(UnitOfWork work)
    {
        var row = work.Get(StashRow.Table, Stash);
        var first = FirstKept(row);
        var erased = 0;
        foreach (var key in _oldest)
        {
            if (key.TargetVersion >= first || work.Get(LineageRow.Table, key) is null) continue;
            work.Delete(LineageRow.Table, key);
            erased++;
        }

        work.AddBytes(-erased * (long)LineageRow.CountedBytes);
        if (erased == StepCount) work.Schedule(work.Now, Kind, Item.Resource);
        if (Item.DueAt == ByMigration && row is { DeletedAt: null }) Mark(work, row);
    }

    /// <summary>
    /// Marks the versions that were written before edges had an end: the mark in the history makes their edges go with
    /// them.
    /// </summary>
    static void Mark(UnitOfWork work, StashRow row)
    {
        var entries = StashHistory.Decode(row.History).ConvertAll(entry => entry with { GoesAtOnce = true });
        work.Put(StashRow.Table, row with { History = StashHistory.Encode(entries) });
    }

    /// <summary>The oldest version that can be read.</summary>
    long FirstKept(StashRow? row)
    {
        if (row is not { DeletedAt: null }) return long.MaxValue;
        var kept = Math.Min(StashHistory.Decode(row.History).Count, options.Versions);
        return row.Version - kept + 1;
    }

    static async ValueTask<List<LineageKey>> ReadOldestAsync(
        ReadSession session, DueRow item, CancellationToken cancellation)
    {
        var command = session.Command(
            """
            SELECT workspace_id, target, target_version, source, source_version FROM lineage
            WHERE workspace_id = @workspace_id AND target = @target
            ORDER BY target_version, source, source_version LIMIT @limit
            """,
            ("@workspace_id", item.WorkspaceId), ("@target", item.Resource), ("@limit", (long)StepCount));
        var keys = new List<LineageKey>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            keys.Add(new LineageKey(
                reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetString(3), reader.GetInt64(4)));
        return keys;
    }
}
