using Baton.Server.Platform;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Features.Stashes;

/// <summary>Reads of single stashes. Safe for concurrent use.</summary>
internal sealed class StashFinder(BatonServer server)
{
    /// <summary>Ten versions would have to be written between two reads for one to miss: then they are repeated.</summary>
    const int MaxAttempts = 5;

    readonly Rows<StashKey, StashRow> _stashes = server.Readers.Of(StashRow.Table);
    readonly Rows<StashVersionKey, StashVersionRow> _versions = server.Readers.Of(StashVersionRow.Table);

    /// <summary>The stash, if it is live.</summary>
    public ValueTask<StashRow?> FindAsync(string workspaceId, string name, CancellationToken cancellation)
    {
        var found = _stashes.GetAsync(new StashKey(workspaceId, name), cancellation);
        return found.IsCompletedSuccessfully ? new(Live(found.Result)) : AwaitAsync(found);
    }

    /// <summary>The newest content of a stash as it was found; null when it was overtaken.</summary>
    public async ValueTask<StashVersionRow?> ReadContentAsync(StashRow stash, CancellationToken cancellation)
    {
        var version = await _versions.GetAsync(new StashVersionKey(stash.WorkspaceId, stash.Name, stash.Slot), cancellation);
        return version?.Version == stash.Version ? version : null;
    }

    /// <summary>A live stash with its newest content, both of one version.</summary>
    public async ValueTask<(StashRow Stash, StashVersionRow Content)?> ReadAsync(
        string workspaceId, string name, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await FindAsync(workspaceId, name, cancellation) is not { } stash) return null;
            if (await ReadContentAsync(stash, cancellation) is { } content) return (stash, content);
        }

        return null;
    }

    /// <summary>A kept version, newest or older; null when it is not kept.</summary>
    public ValueTask<StashVersionRow?> ReadVersionAsync(StashRow stash, long version, CancellationToken cancellation) =>
        server.Database.ReadAsync((stash, version), static async (session, wanted, token) =>
        {
            var command = session.Command(
                """
                SELECT workspace_id, name, slot, version, content_type, digest, salt, updated_at, updated_by, model,
                       sources, seq, content
                FROM stash_version WHERE workspace_id = @workspace_id AND name = @name AND version = @version
                """,
                ("@workspace_id", wanted.stash.WorkspaceId), ("@name", wanted.stash.Name), ("@version", wanted.version));
            await using var reader = await command.ExecuteReaderAsync(token);
            return await reader.ReadAsync(token) ? StashVersionRow.Table.Read(reader) : null;
        }, cancellation);

    async ValueTask<StashRow?> AwaitAsync(ValueTask<StashRow?> found) => Live(await found);

    StashRow? Live(StashRow? row) =>
        row is null || row.DeletedAt is not null || (row.ExpiresAt is not null && !row.IsLive(server.Now)) ? null : row;
}
