using Baton.Contracts.Streams;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Schemas;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Streams;

internal readonly record struct StreamKey(string WorkspaceId, string StreamId);

/// <summary>A stream without its entries.</summary>
internal sealed record StreamRow
{
    public required string WorkspaceId { get; init; }

    public required string StreamId { get; init; }

    public required string Name { get; init; }

    public required long Version { get; init; }

    public required long? TtlSeconds { get; init; }

    public required bool Discoverable { get; init; }

    public required long? MaxEntries { get; init; }

    /// <summary>Whether a full stream drops its oldest entries. Otherwise it takes no more.</summary>
    public required bool IsPruning { get; init; }

    public required long? RetentionSeconds { get; init; }

    public required bool RenewsOnAccess { get; init; }

    /// <summary>The schema that every entry fits; null for none.</summary>
    public required BoundSchema? Schema { get; init; }

    public required string? LinkedStash { get; init; }

    public required long CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public required long? ExpiresAt { get; init; }

    /// <summary>When it was deleted or expired; its rows are being erased.</summary>
    public required long? DeletedAt { get; init; }

    /// <summary>
    /// The oldest entry that is kept. Retention may hide more entries, before the due-queue moves this.
    /// </summary>
    public required long FirstEntry { get; init; }

    public required long LastEntry { get; init; }

    /// <summary>
    /// The entries before this one are erased. Those from here to the first that is kept are hidden, and not erased
    /// yet.
    /// </summary>
    public required long StoredFrom { get; init; }

    /// <summary>The number of cursors that it keeps.</summary>
    public required long Consumers { get; init; }

    /// <summary>When the due-queue next looks for entries whose time is over; null: never.</summary>
    public required long? RetainAt { get; init; }

    /// <summary>When the due-queue next erases hidden entries; null: none are hidden.</summary>
    public required long? EraseAt { get; init; }

    public required long CreatedSeq { get; init; }

    public required long UpdatedSeq { get; init; }

    public StreamKey Key => new(WorkspaceId, StreamId);

    public string Resource => Stream.ResourceOf(StreamId);

    public long Count => LastEntry - FirstEntry + 1;

    /// <summary>Entries that were appended at this time or before are over; null: none are.</summary>
    public long? Cutoff(long now) => now - (RetentionSeconds * Micros.PerSecond);

    public Life Life => new(ExpiresAt, DeletedAt);

    /// <inheritdoc cref="Life.IsLive(long)"/>
    public bool IsLive(long now) => Life.IsLive(now);

    /// <summary>From when on an access moves the end of the stream; null: never.</summary>
    public long? RenewAt => RenewsOnAccess && ExpiresAt is { } end && TtlSeconds is { } ttl
        ? end - (ttl * Micros.PerSecond) + (ttl * Micros.PerSecond / StreamOptions.RenewalsPerTtl)
        : null;

    /// <summary>The schema that it uses, while it is not deleted.</summary>
    public SchemaUse SchemaUse => Schema is null || DeletedAt is not null ? default : new SchemaUse(Schema, ExpiresAt);

    /// <summary>The wire record, as the actor may see it.</summary>
    public StreamInfo ToInfo(Actor actor) => ToInfo(actor, FirstEntry);

    /// <summary>The wire record for readers, to whom entries whose time is over are gone.</summary>
    public StreamInfo ToInfo(Actor actor, long firstEntry) => new()
    {
        StreamId = StreamId,
        Name = Name,
        Ttl = TtlSeconds,
        Discoverable = Discoverable,
        MaxEntries = MaxEntries,
        Overflow = Stream.OverflowName(IsPruning),
        RetentionSeconds = RetentionSeconds,
        RenewOnAccess = RenewsOnAccess,
        SchemaId = Schema?.ShownTo(actor),
        LinkedStash = LinkedStash,
        CreatedAt = Micros.ToTime(CreatedAt),
        CreatedBy = CreatedBy,
        ExpiresAt = Micros.ToTime(ExpiresAt),
        FirstEntry = firstEntry,
        LastEntry = LastEntry,
        Entries = LastEntry - firstEntry + 1,
        Version = Version,
        Seq = UpdatedSeq,
    };

    public static readonly Table<StreamKey, StreamRow> Table = new()
    {
        Name = "stream",
        Key =
        [
            Column.Text<StreamKey>("workspace_id", key => key.WorkspaceId),
            Column.Text<StreamKey>("stream_id", key => key.StreamId),
        ],
        Columns =
        [
            Column.Text<StreamRow>("workspace_id", row => row.WorkspaceId),
            Column.Text<StreamRow>("stream_id", row => row.StreamId),
            Column.Text<StreamRow>("name", row => row.Name),
            Column.Integer<StreamRow>("version", row => row.Version),
            Column.Integer<StreamRow>("ttl_seconds", row => row.TtlSeconds),
            Column.Integer<StreamRow>("discoverable", row => row.Discoverable ? 1 : 0),
            Column.Integer<StreamRow>("max_entries", row => row.MaxEntries),
            Column.Integer<StreamRow>("is_pruning", row => row.IsPruning ? 1 : 0),
            Column.Integer<StreamRow>("retention_seconds", row => row.RetentionSeconds),
            Column.Integer<StreamRow>("renews_on_access", row => row.RenewsOnAccess ? 1 : 0),
            Column.Text<StreamRow>("schema_id", row => row.Schema?.ToText()),
            Column.Text<StreamRow>("linked_stash", row => row.LinkedStash),
            Column.Integer<StreamRow>("created_at", row => row.CreatedAt),
            Column.Text<StreamRow>("created_by", row => row.CreatedBy),
            Column.Integer<StreamRow>("expires_at", row => row.ExpiresAt),
            Column.Integer<StreamRow>("deleted_at", row => row.DeletedAt),
            Column.Integer<StreamRow>("first_entry", row => row.FirstEntry),
            Column.Integer<StreamRow>("last_entry", row => row.LastEntry),
            Column.Integer<StreamRow>("stored_from", row => row.StoredFrom),
            Column.Integer<StreamRow>("consumers", row => row.Consumers),
            Column.Integer<StreamRow>("retain_at", row => row.RetainAt),
            Column.Integer<StreamRow>("erase_at", row => row.EraseAt),
            Column.Integer<StreamRow>("created_seq", row => row.CreatedSeq),
            Column.Integer<StreamRow>("updated_seq", row => row.UpdatedSeq),
        ],
        KeyOf = row => row.Key,
        Read = r => new StreamRow
        {
            WorkspaceId = r.GetString(0),
            StreamId = r.GetString(1),
            Name = r.GetString(2),
            Version = r.GetInt64(3),
            TtlSeconds = r.IntegerOrNull(4),
            Discoverable = r.GetInt64(5) != 0,
            MaxEntries = r.IntegerOrNull(6),
            IsPruning = r.GetInt64(7) != 0,
            RetentionSeconds = r.IntegerOrNull(8),
            RenewsOnAccess = r.GetInt64(9) != 0,
            Schema = BoundSchema.Parse(r.TextOrNull(10)),
            LinkedStash = r.TextOrNull(11),
            CreatedAt = r.GetInt64(12),
            CreatedBy = r.GetString(13),
            ExpiresAt = r.IntegerOrNull(14),
            DeletedAt = r.IntegerOrNull(15),
            FirstEntry = r.GetInt64(16),
            LastEntry = r.GetInt64(17),
            StoredFrom = r.GetInt64(18),
            Consumers = r.GetInt64(19),
            RetainAt = r.IntegerOrNull(20),
            EraseAt = r.IntegerOrNull(21),
            CreatedSeq = r.GetInt64(22),
            UpdatedSeq = r.GetInt64(23),
        },
        Weight = row => 500 + row.Name.Length,
    };
}
