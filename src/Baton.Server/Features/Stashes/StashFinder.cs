using Baton.Server.Features.Stashes.Versions;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Readers;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Stashes;

/// <summary>Reads of single stashes. Safe for concurrent use.</summary>
internal sealed class StashFinder(StashOptions options, IDatabase database, RowReaders readers, LaneClock clock)
{
    readonly Rows<StashKey, StashRow> _stashes = readers.Of(StashRow.Table);
    readonly Rows<StashVersionKey, StashVersionRow> _versions = readers.Of(StashVersionRow.Table);

    /// <summary>The stash, if it is live.</summary>
    public ValueTask<StashRow?> FindAsync(string workspaceId, string name, CancellationToken cancellation)
    {
        var found = _stashes.GetAsync(new StashKey(workspaceId, name), cancellation);
        return found.IsCompletedSuccessfully ? new(Live(found.Result)) : AwaitAsync(found);
    }

    /// <summary>
    /// The version number of the deletion or expiry of a stash; null if it is live, or if nothing is known of it.
    /// </summary>
    public async ValueTask<long?> FindGoneVersionAsync(
        string workspaceId, string name, CancellationToken cancellation)
    {
        var row = await _stashes.GetAsync(new StashKey(workspaceId, name), cancellation);
        if (row is null || Live(row) is not null) return null;
        return row.DeletedAt is null ? row.Version + 1 : row.Version;
    }

    /// <summary>
    /// The content of a stash in the version that was found; null if a newer version has replaced it.
    /// </summary>
    public ValueTask<StashVersionRow?> ReadContentAsync(StashRow stash, CancellationToken cancellation) =>
        _versions.Cached(stash.ContentKey) is { } cached && cached.IsNewestOf(stash)
            ? new(cached)
            : ReadStoredContentAsync(stash, cancellation);

    /// <summary>A live stash with its newest content, both of one version.</summary>
    public async ValueTask<(StashRow Stash, StashVersionRow Content)?> ReadAsync(
        string workspaceId, string name, CancellationToken cancellation)
    {
        if (await FindAsync(workspaceId, name, cancellation) is not { } stash) return null;
        if (await ReadContentAsync(stash, cancellation) is { } content) return (stash, content);
        // The version was erased between the two reads, because others have written many versions or deleted the stash.
        // Both are read again, in one snapshot.
        var key = new StashKey(workspaceId, name);
        return await database.ReadSnapshotAsync(key, ReadTogetherAsync, cancellation);
    }

    async ValueTask<(StashRow Stash, StashVersionRow Content)?> ReadTogetherAsync(
        ReadSession session, StashKey key, CancellationToken cancellation)
    {
        if (Live(await _stashes.SelectAsync(session, key, cancellation)) is not { } stash) return null;
        var content = await _versions.SelectAsync(session, stash.ContentKey, cancellation);
        return content is null
            ? throw new InvalidOperationException("A live stash has no content.")
            : (stash, content);
    }

    /// <summary>A kept version, newest or older; null when it is not kept.</summary>
    public async ValueTask<StashVersionRow?> ReadVersionAsync(
        StashRow stash, long version, CancellationToken cancellation)
    {
        var index = stash.Version - version;
        var kept = Kept(stash);
        if (index < 0 || index >= kept.Count) return null;
        var key = new StashVersionKey(stash.WorkspaceId, kept[(int)index].Seq);
        // Of an older version only the seq is known. On a shared database a seq may be given again, so a row in the
        // cache proves nothing.
        var row = database.Peers is null
            ? await _versions.GetAsync(key, cancellation)
            : await _versions.ReadAsync(key, cancellation);
        return row is not null && row.Name == stash.Name && row.Version == version ? row : null;
    }

    /// <summary>
    /// Who wrote a kept version, with which model and when, without its content; null when it is not kept.
    /// </summary>
    public async ValueTask<StashAuthor?> ReadAuthorAsync(StashRow stash, long version, CancellationToken cancellation)
    {
        var index = stash.Version - version;
        var kept = Kept(stash);
        if (index < 0 || index >= kept.Count) return null;
        var wanted = (stash.WorkspaceId, kept[(int)index].Seq, stash.Name, version);
        return await database.ReadAsync(wanted, static async (session, wanted, token) =>
        {
            var command = session.Command(
                """
                SELECT updated_by, model, updated_at FROM stash_version
                WHERE workspace_id = @workspace_id AND seq = @seq AND name = @name AND version = @version
                """,
                ("@workspace_id", wanted.WorkspaceId), ("@seq", wanted.Seq), ("@name", wanted.Name),
                ("@version", wanted.version));
            await using var reader = await command.ExecuteReaderAsync(token);
            return await reader.ReadAsync(token)
                ? new StashAuthor(reader.GetString(0), reader.TextOrNull(1), reader.GetInt64(2))
                : null;
        }, cancellation);
    }

    /// <summary>The places of the versions that are kept, newest first.</summary>
    public List<HistoryEntry> Kept(StashRow stash) =>
        [.. StashHistory.Decode(stash.History).Take((int)options.Versions)];

    async ValueTask<StashVersionRow?> ReadStoredContentAsync(StashRow stash, CancellationToken cancellation)
    {
        var row = await _versions.ReadAsync(stash.ContentKey, cancellation);
        return row is not null && row.IsNewestOf(stash) ? row : null;
    }

    async ValueTask<StashRow?> AwaitAsync(ValueTask<StashRow?> found) => Live(await found);

    StashRow? Live(StashRow? row) => row?.Life.IsLive(clock) == true ? row : null;
}

/// <summary>
/// Who wrote a version, with which model (null: not told), and when in microseconds since 1970-01-01 UTC.
/// </summary>
internal sealed record StashAuthor(string By, string? Model, long At);
