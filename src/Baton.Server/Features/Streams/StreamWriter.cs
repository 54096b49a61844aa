using Baton.Contracts.Ledger;
using Baton.Server.Features.Streams.Entries;
using Baton.Server.Features.Streams.Following;
using Baton.Server.Features.Streams.Lifetimes;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Schemas;

namespace Baton.Server.Features.Streams;

/// <summary>Changes streams: all use cases write the same rows, entries and due items through it.</summary>
internal sealed class StreamWriter(StreamTails tails)
{
    const long MinRetainStepMicros = Micros.PerSecond;
    const long MaxRetainStepMicros = 600 * Micros.PerSecond;

    /// <summary>The due-queue comes for a retention so often in its course.</summary>
    const int RetainStepsPerRetention = 20;

    /// <summary>Puts a row, moves the due items that follow from it, and tells its followers.</summary>
    public void Put(UnitOfWork work, StreamRow? before, StreamRow row, StreamEntryRow[]? appended = null)
    {
        Stream.Lifetime.Changed(work, row.StreamId, before?.Life ?? default, row.Life);
        work.Reschedule(RetainStream.Kind, row.StreamId, before?.RetainAt, row.RetainAt);
        work.Reschedule(EraseEntries.Kind, row.StreamId, before?.EraseAt, row.EraseAt);
        SchemaBindings.Set(work, row.WorkspaceId, row.Resource, before?.SchemaUse ?? default, row.SchemaUse);
        work.Put(StreamRow.Table, row);
        if (appended is null) work.AfterCommit(() => tails.Changed(row));
        else work.AfterCommit(() => tails.Appended(row, appended));
    }

    /// <summary>Ends a stream: its name is free, its entries are hidden now and erased in steps.</summary>
    public StreamRow End(UnitOfWork work, Operation operation, StreamRow live)
    {
        var seq = work.Record(operation.Name, live.Resource, live.Version + 1);
        var ended = live with
        {
            Version = live.Version + 1,
            ExpiresAt = null,
            DeletedAt = work.Now,
            FirstEntry = live.LastEntry + 1,
            RetainAt = null,
            EraseAt = work.Now,
            UpdatedSeq = seq,
        };
        Put(work, live, ended);
        var name = new StreamNameKey(live.WorkspaceId, live.Name);
        if (work.Get(StreamNameRow.Table, name)?.StreamId == live.StreamId)
            work.Delete(StreamNameRow.Table, name);
        return ended;
    }

    /// <summary>Hides the entries before a place, of which the time is over.</summary>
    public static StreamRow Retain(UnitOfWork work, StreamRow row, long firstEntry)
    {
        if (firstEntry <= row.FirstEntry) return row;
        var detail = new Detail().Add("count", firstEntry - row.FirstEntry)
            .Add("first", row.FirstEntry).Add("last", firstEntry - 1);
        var seq = work.Record(RetainStream.Kind, row.Resource, row.Version + 1, detail.ToBytes());
        return Hide(work, row with { Version = row.Version + 1, UpdatedSeq = seq }, firstEntry);
    }

    /// <summary>The row with its entries before a place hidden, to be erased.</summary>
    public static StreamRow Hide(UnitOfWork work, StreamRow row, long firstEntry)
    {
        var isMuch = firstEntry - row.StoredFrom >= StreamOptions.EraseStepCount;
        var eraseAt = isMuch ? work.Now : work.Now + (StreamOptions.EraseDelaySeconds * Micros.PerSecond);
        return row with { FirstEntry = firstEntry, EraseAt = Math.Min(row.EraseAt ?? long.MaxValue, eraseAt) };
    }

    /// <summary>When the due-queue looks for entries whose time is over, if the oldest came at this time.</summary>
    public static long RetainAt(StreamRow row, long oldestAt, long now)
    {
        var retention = row.RetentionSeconds!.Value * Micros.PerSecond;
        var step = Math.Clamp(retention / RetainStepsPerRetention, MinRetainStepMicros, MaxRetainStepMicros);
        return Math.Max(oldestAt + retention, now + step);
    }

    /// <summary>The row with its end moved, if an access moves it now.</summary>
    public static StreamRow Renew(StreamRow row, long now) =>
        row.RenewAt <= now
            ? row with { ExpiresAt = Math.Max(row.ExpiresAt!.Value, Life.EndOf(now, row.TtlSeconds)!.Value) }
            : row;
}
