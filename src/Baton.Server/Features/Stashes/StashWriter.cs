using Baton.Contracts.Errors;
using Baton.Contracts.Ledger;
using Baton.Server.Features.Stashes.Contents;
using Baton.Server.Features.Stashes.Lineages;
using Baton.Server.Features.Stashes.Versions;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Commits.Sources;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Schemas;

namespace Baton.Server.Features.Stashes;

/// <summary>Changes stashes: all use cases write the same rows, entries and due items through it.</summary>
internal sealed class StashWriter(StashOptions options, SourceKinds sources, StashPruner pruner)
{
    /// <summary>
    /// The bytes above which a row counts as large: it has a page of its own, so it is erased at once.
    /// </summary>
    const int LargeBytes = 1024;

    public void Read(ReadSet reads, Actor actor, string name, Provenance provenance)
    {
        reads.Add(StashRow.Table, new StashKey(actor.WorkspaceId, name));
        sources.Read(provenance, actor.WorkspaceId, reads);
    }

    /// <summary>Makes content the next version of a stash, creating it when it is not live.</summary>
    /// <param name="work">Where the changes go.</param>
    /// <param name="operation">The use case: its actor, action and resource.</param>
    /// <param name="change">What is to be written.</param>
    public Outcome<Effect> Write(UnitOfWork work, Operation operation, StashChangeRequest change)
    {
        var actor = operation.Actor;
        var resolved = sources.Resolve(change.Provenance, operation, work);
        if (resolved.Failure is { } unknown) return unknown;
        var current = work.Get(StashRow.Table, new StashKey(actor.WorkspaceId, change.Name));
        var live = current?.IsLive(work.Now) == true ? current : null;
        var content = change.Content;
        work.AddBytes(
            content.Bytes.Length - (current is { DeletedAt: null } ? current.Size : 0)
            + (resolved.Value!.Count * LineageRow.CountedBytes));
        if (work.WorkspaceBytes > options.WorkspaceBytes && content.Bytes.Length > (live?.Size ?? 0))
            return new Failure(ErrorCodes.WorkspaceFull, $"The workspace may hold {options.WorkspaceBytes} bytes.");

        var version = (current?.Version ?? 0) + 1;
        var detail = DetailOf(content, live?.Schema, change.Schema);
        var seq = work.Record(operation.Name, operation.Resource, version, detail.ToBytes(), content.Commitment);
        var row = new StashRow
        {
            WorkspaceId = actor.WorkspaceId,
            Name = change.Name,
            Version = version,
            History = NextHistory(
                work, live ?? Forget(work, current),
                new HistoryEntry(seq, GoesAtOnce: content.Bytes.Length > LargeBytes || resolved.Value!.Count > 0),
                content.Commitment),
            Size = content.Bytes.Length,
            ContentType = content.ContentType,
            Digest = content.Digest,
            CreatedAt = live?.CreatedAt ?? work.Now,
            CreatedBy = live?.CreatedBy ?? actor.Name,
            UpdatedAt = work.Now,
            UpdatedBy = actor.Name,
            ExpiresAt = change.KeepExpiry ? live?.ExpiresAt : Life.EndOf(work.Now, change.TtlSeconds),
            DeletedAt = null,
            Schema = change.Schema,
            Discoverable = change.Discoverable ?? live?.Discoverable ?? false,
            CreatedSeq = live?.CreatedSeq ?? seq,
            UpdatedSeq = seq,
        };
        work.Put(StashRow.Table, row);
        PutVersion(work, row, change, resolved.Value!);
        Stash.Lifetime.Changed(work, row.Name, current?.Life ?? default, row.Life);
        SchemaBindings.Set(work, row.WorkspaceId, row.Resource, current?.SchemaUse ?? default, row.SchemaUse);
        return new Effect(row.ToInfo(actor), version, Created: live is null);
    }

    /// <summary>
    /// The details of the entry, with the schema if it changes. A private schema is not named, because others may read
    /// the entry.
    /// </summary>
    static Detail DetailOf(StashContent content, BoundSchema? before, BoundSchema? after)
    {
        var detail = new Detail().Add("content_type", content.ContentType).Add("size", content.Bytes.Length);
        var isTold = before != after && before?.IsPublic != false && after?.IsPublic != false;
        return isTold ? detail.Add("schema_id", after?.SchemaId ?? "") : detail;
    }

    /// <summary>Erases a live stash's content, and leaves its tombstone.</summary>
    public static Effect Erase(UnitOfWork work, Operation operation, StashRow live)
    {
        var version = live.Version + 1;
        var seq = work.Record(operation.Name, operation.Resource, version);
        var tombstone = live with
        {
            Version = version,
            History = [],
            Size = 0,
            Digest = [],
            UpdatedAt = work.Now,
            UpdatedBy = operation.Actor.Name,
            ExpiresAt = null,
            DeletedAt = work.Now,
            Schema = null,
            Discoverable = false,
            UpdatedSeq = seq,
        };
        work.AddBytes(-live.Size);
        work.Put(StashRow.Table, tombstone);
        Forget(work, live);
        Stash.Lifetime.Changed(work, live.Name, live.Life, tombstone.Life);
        SchemaBindings.Set(work, live.WorkspaceId, live.Resource, live.SchemaUse, after: default);
        return new Effect(new Contracts.Deleted { Version = version }, version);
    }

    static void PutVersion(
        UnitOfWork work, StashRow row, StashChangeRequest change, IReadOnlyList<SourceReference> resolved)
    {
        work.Put(StashVersionRow.Table, new StashVersionRow
        {
            WorkspaceId = row.WorkspaceId,
            Name = row.Name,
            Seq = row.UpdatedSeq,
            Version = row.Version,
            ContentType = row.ContentType,
            Digest = row.Digest,
            Salt = change.Content.Salt,
            UpdatedAt = row.UpdatedAt,
            UpdatedBy = row.UpdatedBy,
            Model = change.Provenance.Model,
            Sources = string.Join(',', resolved.Select(source => source.ToHeader())),
            Content = change.Content.Bytes,
        });
        foreach (var source in resolved)
        {
            work.Put(LineageRow.Table, new LineageRow(
                row.WorkspaceId, row.Resource, row.Version, source.Resource, source.Version!.Value, row.UpdatedBy,
                change.Provenance.Model, row.UpdatedAt));
        }
    }

    /// <summary>Puts the new version in front, and erases or notes what is no longer kept.</summary>
    byte[] NextHistory(UnitOfWork work, StashRow? before, HistoryEntry newest, byte[] commitment)
    {
        var entries = before is null ? [] : StashHistory.Decode(before.History);
        entries.Insert(0, newest);
        if (entries.Count > options.Versions)
        {
            var dropped = entries[(int)options.Versions];
            if (dropped.GoesAtOnce) Erase(work, before!, dropped);
            else work.AfterCommit(
                () => pruner.Note(before!.WorkspaceId, dropped.Seq, new DroppedBy(newest.Seq, commitment)));
        }

        while (entries.Count > options.Versions + StashHistory.TailCount)
        {
            Erase(work, before!, entries[^1]);
            entries.RemoveAt(entries.Count - 1);
        }

        return StashHistory.Encode(entries);
    }

    /// <summary>
    /// Erases every version of a stash that has ended. Answers null: the next stash of the name begins anew.
    /// </summary>
    static StashRow? Forget(UnitOfWork work, StashRow? ended)
    {
        if (ended is null) return null;
        foreach (var entry in StashHistory.Decode(ended.History)) Erase(work, ended, entry);
        return null;
    }

    static void Erase(UnitOfWork work, StashRow stash, HistoryEntry entry)
    {
        work.Delete(StashVersionRow.Table, new StashVersionKey(stash.WorkspaceId, entry.Seq));
        // Only a version that is erased at once can have been made of other things.
        if (entry.GoesAtOnce) ForgetLineage.Schedule(work, stash.Resource);
    }
}
