using Baton.Contracts.Errors;
using Baton.Contracts.Ledger;
using Baton.Server.Features.Store.Claims;
using Baton.Server.Features.Store.Claims.Indexes;
using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading.Waits;

namespace Baton.Server.Features.Store.Records;

/// <summary>
/// Changes records. All use cases write rows, counts, ledger entries and due items through it, so that they always fit
/// together.
/// </summary>
internal sealed class RecordWriter(StoreOptions options, WaiterLines<ClaimTarget> waiters)
{
    /// <summary>The longest value that a record may have.</summary>
    public long MaxBytes => options.MaxBytes;

    public static void Read(ReadSet reads, RecordKey key)
    {
        reads.Add(RecordRow.Table, key);
        reads.Add(NamespaceRow.Table, key.NamespaceKey);
    }

    /// <summary>The record. Null: it is not live.</summary>
    public static RecordRow? FindLive(UnitOfWork work, RecordKey key)
    {
        var row = work.Get(RecordRow.Table, key);
        return row?.IsLive(work.Get(NamespaceRow.Table, key.NamespaceKey), work.Now) == true ? row : null;
    }

    /// <summary>
    /// Makes a value the next version of a record, which is created if it is not live. It can fail by `store.too_large`
    /// (of the metadata) and `workspace.full`.
    /// </summary>
    /// <param name="work">The unit of work that gets the changes.</param>
    /// <param name="actor">Who changes it.</param>
    /// <param name="action">The action of the ledger entry: `store.set`.</param>
    /// <param name="change">What is to be written.</param>
    public Outcome<RecordRow> Write(UnitOfWork work, Actor actor, string action, RecordChangeRequest change)
    {
        var key = change.Key;
        var namespaceRow = work.Get(NamespaceRow.Table, key.NamespaceKey);
        var current = work.Get(RecordRow.Table, key);
        var live = current?.IsLive(namespaceRow, work.Now) == true ? current : null;
        var metadata = RecordMetadata.Merge(live?.Metadata, change.Metadata);
        if (metadata is { Length: > StoreOptions.MaxMetadataBytes })
            return new Failure(
                ErrorCodes.StoreTooLarge,
                $"The metadata would have {metadata.Length} bytes; {StoreOptions.MaxMetadataBytes} is the most.");

        var version = (current?.LastVersion(namespaceRow) ?? 0) + 1;
        var value = change.Value;
        var detail = new Detail().Add("size", value.Bytes.Length).ToBytes();
        var seq = work.Record(action, key.Resource, version, detail, value.Commitment);
        var row = new RecordRow
        {
            WorkspaceId = key.WorkspaceId,
            Namespace = key.Namespace,
            Key = key.Key,
            Version = version,
            Size = value.Bytes.Length,
            CreatedAt = live?.CreatedAt ?? work.Now,
            CreatedBy = live?.CreatedBy ?? actor.Name,
            UpdatedAt = work.Now,
            UpdatedBy = actor.Name,
            ExpiresAt = change.KeepExpiry ? live?.ExpiresAt : Life.EndOf(work.Now, change.TtlSeconds),
            DeletedAt = null,
            CreatedSeq = live?.CreatedSeq ?? seq,
            UpdatedSeq = seq,
            ClaimId = change.EndsClaim ? null : change.ClaimId ?? live?.ClaimId,
            Salt = value.Salt,
            Metadata = metadata,
            Value = value.Bytes,
        };
        Put(work, current, row, waiters);
        work.AddBytes(change.UndoBytes);
        if (!change.EvenIfFull && work.WorkspaceBytes > options.WorkspaceBytes
            && row.HeldBytes + change.UndoBytes > (live?.HeldBytes ?? 0))
            return StoreFailures.WorkspaceFull(options.WorkspaceBytes);
        return row;
    }

    /// <summary>Erases the value of a live record, and leaves its tombstone.</summary>
    public static RecordRow Erase(UnitOfWork work, Actor actor, string action, RecordRow live)
    {
        var version = live.Version + 1;
        var seq = work.Record(action, live.Resource, version);
        var tombstone = ToTombstone(live, version, work.Now) with
        {
            UpdatedAt = work.Now,
            UpdatedBy = actor.Name,
            UpdatedSeq = seq,
        };
        Put(work, live, tombstone, waiters: null);
        return tombstone;
    }

    /// <summary>Makes a tombstone of the row of a record that was cleared with its namespace.</summary>
    public static void EraseCleared(UnitOfWork work, RecordRow row, NamespaceRow namespaceRow)
    {
        var tombstone = ToTombstone(row, row.LastVersion(namespaceRow), namespaceRow.ClearedAt);
        work.Put(RecordRow.Table, tombstone);
        RecordRow.Lifetime.Changed(work, row.Id.DueResource, row.Life, tombstone.Life);
    }

    /// <summary>Forgets a tombstone. With the last row of a namespace the namespace is forgotten too.</summary>
    public static void Purge(UnitOfWork work, RecordKey key)
    {
        work.Delete(RecordRow.Table, key);
        if (work.Get(NamespaceRow.Table, key.NamespaceKey) is not { } namespaceRow) return;
        if (namespaceRow.StoredRows <= 1) work.Delete(NamespaceRow.Table, namespaceRow.Id);
        else work.Put(NamespaceRow.Table, namespaceRow with { StoredRows = namespaceRow.StoredRows - 1 });
    }

    static RecordRow ToTombstone(RecordRow row, long version, long at) => row with
    {
        Version = version,
        Size = 0,
        ExpiresAt = null,
        DeletedAt = at,
        ClaimId = null,
        Salt = [],
        Metadata = null,
        Value = [],
    };

    /// <summary>
    /// Puts a row, and changes what follows from it: the counts of its namespace, the shapes by which it is claimed,
    /// and the due items.
    /// </summary>
    static void Put(UnitOfWork work, RecordRow? before, RecordRow after, WaiterLines<ClaimTarget>? waiters)
    {
        var namespaceKey = after.Id.NamespaceKey;
        var namespaceRow = work.Get(NamespaceRow.Table, namespaceKey) ?? NamespaceRow.Empty(namespaceKey);
        var gone = before?.IsCounted(namespaceRow) == true ? before : null;
        var come = after.DeletedAt is null ? after : null;
        var held = (come?.HeldBytes ?? 0) - (gone?.HeldBytes ?? 0);
        work.AddBytes(held);
        work.Put(RecordRow.Table, after);
        work.Put(NamespaceRow.Table, namespaceRow with
        {
            Records = namespaceRow.Records + (come is null ? 0 : 1) - (gone is null ? 0 : 1),
            Bytes = namespaceRow.Bytes + (come?.Size ?? 0) - (gone?.Size ?? 0),
            HeldBytes = namespaceRow.HeldBytes + held,
            StoredRows = namespaceRow.StoredRows + (before is null ? 1 : 0),
            UpdatedAt = work.Now,
            UpdatedSeq = after.UpdatedSeq,
        });
        ClaimIndex.Changed(work, namespaceRow, before, after, waiters);
        RecordRow.Lifetime.Changed(work, after.Id.DueResource, before?.Life ?? default, after.Life);
    }
}
