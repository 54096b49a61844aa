using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Stashes.Versions;

internal readonly record struct StashVersionKey(string WorkspaceId, long Seq);

/// <summary>One version with its content.</summary>
internal sealed record StashVersionRow
{
    public required string WorkspaceId { get; init; }

    /// <summary>The ledger entry, and commit, that wrote it.</summary>
    public required long Seq { get; init; }

    public required string Name { get; init; }

    public required long Version { get; init; }

    public required string ContentType { get; init; }

    public required byte[] Digest { get; init; }

    public required byte[] Salt { get; init; }

    public required long UpdatedAt { get; init; }

    public required string UpdatedBy { get; init; }

    public required string? Model { get; init; }

    /// <summary>The sources, each with its version, separated by commas: `stash:name@3`.</summary>
    public required string Sources { get; init; }

    public required byte[] Content { get; init; }

    /// <summary>
    /// Whether it is the newest version of a stash as that was read. Its seq alone does not tell: after a failover
    /// another version may have it.
    /// </summary>
    public bool IsNewestOf(StashRow stash) =>
        Version == stash.Version && UpdatedAt == stash.UpdatedAt && Name == stash.Name
        && UpdatedBy == stash.UpdatedBy && ContentType == stash.ContentType
        && Digest.AsSpan().SequenceEqual(stash.Digest);

    public static readonly Table<StashVersionKey, StashVersionRow> Table = new()
    {
        Name = "stash_version",
        Key =
        [
            Column.Text<StashVersionKey>("workspace_id", key => key.WorkspaceId),
            Column.Integer<StashVersionKey>("seq", key => key.Seq),
        ],
        Columns =
        [
            Column.Text<StashVersionRow>("workspace_id", row => row.WorkspaceId),
            Column.Integer<StashVersionRow>("seq", row => row.Seq),
            Column.Text<StashVersionRow>("name", row => row.Name),
            Column.Integer<StashVersionRow>("version", row => row.Version),
            Column.Text<StashVersionRow>("content_type", row => row.ContentType),
            Column.Bytes<StashVersionRow>("digest", row => row.Digest),
            Column.Bytes<StashVersionRow>("salt", row => row.Salt),
            Column.Integer<StashVersionRow>("updated_at", row => row.UpdatedAt),
            Column.Text<StashVersionRow>("updated_by", row => row.UpdatedBy),
            Column.Text<StashVersionRow>("model", row => row.Model),
            Column.Text<StashVersionRow>("sources", row => row.Sources),
            Column.Bytes<StashVersionRow>("content", row => row.Content),
        ],
        KeyOf = row => new StashVersionKey(row.WorkspaceId, row.Seq),
        Read = r => new StashVersionRow
        {
            WorkspaceId = r.GetString(0),
            Seq = r.GetInt64(1),
            Name = r.GetString(2),
            Version = r.GetInt64(3),
            ContentType = r.GetString(4),
            Digest = r.Bytes(5),
            Salt = r.Bytes(6),
            UpdatedAt = r.GetInt64(7),
            UpdatedBy = r.GetString(8),
            Model = r.TextOrNull(9),
            Sources = r.GetString(10),
            Content = r.Bytes(11),
        },
        Weight = row => 500 + row.Content.Length + row.Sources.Length,
        IsImmutable = true,
    };
}
