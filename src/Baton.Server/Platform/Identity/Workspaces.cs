using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Platform.Identity;

/// <summary>Workspaces by name or id. Safe for concurrent use.</summary>
internal sealed class Workspaces(RowReaders readers)
{
    /// <summary>The workspace that the first start makes.</summary>
    public const string DefaultName = "default";

    readonly Rows<string, WorkspaceNameRow> _names = readers.Of(WorkspaceNameRow.Table);
    readonly Rows<string, WorkspaceRow> _workspaces = readers.Of(WorkspaceRow.Table);

    /// <summary>The id of the workspace with this name or id; null when there is none.</summary>
    public async ValueTask<string?> FindAsync(string nameOrId, CancellationToken cancellation)
    {
        if (nameOrId.StartsWith("ws_", StringComparison.Ordinal))
            return (await _workspaces.GetAsync(nameOrId, cancellation))?.WorkspaceId;
        return (await _names.GetAsync(nameOrId, cancellation))?.WorkspaceId;
    }

    public ValueTask<WorkspaceRow?> GetAsync(string workspaceId, CancellationToken cancellation) =>
        _workspaces.GetAsync(workspaceId, cancellation);

    /// <summary>Every workspace's head, as it stands in the database, by id.</summary>
    public static ValueTask<List<WorkspaceRow>> ReadAllAsync(IReads database, CancellationToken cancellation) =>
        database.ReadAsync(0, static async (session, _, token) =>
        {
            var rows = new List<WorkspaceRow>();
            var command = session.Command(
                """
                SELECT workspace_id, name, created_at, head_seq, head_hash, head_at, bytes, idempotency_count
                FROM workspace ORDER BY workspace_id
                """);
            await using var reader = await command.ExecuteReaderAsync(token);
            while (await reader.ReadAsync(token)) rows.Add(WorkspaceRow.Table.Read(reader));
            return rows;
        }, cancellation);
}
