using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Platform.Commits.Due;

/// <summary>Reads what is next in the due-queue. Owned by the worker.</summary>
internal sealed class DueReader(IDatabase database)
{
    /// <summary>The most items of one step, of all workspaces together.</summary>
    public const int StepCount = 500;

    // The workspace that had the last turn.
    string _last = "";

    /// <summary>The next items by time, whether they are due or not. If few are due, these are all of them.</summary>
    public ValueTask<List<DueRow>> ReadNextAsync(CancellationToken cancellation) =>
        database.ReadAsync(StepCount, static async (session, limit, token) =>
        {
            var command = session.Command(
                "SELECT workspace_id, due_at, kind, resource FROM due ORDER BY due_at LIMIT @limit",
                ("@limit", (long)limit));
            var items = new List<DueRow>();
            await using var reader = await command.ExecuteReaderAsync(token);
            while (await reader.ReadAsync(token)) items.Add(DueRow.Table.Read(reader));
            return items;
        }, cancellation);

    /// <summary>
    /// Reads a step of items in which the workspaces that have something due take turns, so that however much one of
    /// them has, the others wait for a step at most. Also answers when the next item of the other workspaces is due. It
    /// asks every workspace, so it is used only if more is due than one step takes.
    /// </summary>
    /// <param name="now">The time; items that are due by then are read.</param>
    /// <param name="pausedUntil">Tells when a workspace has its turn again.</param>
    /// <param name="cancellation">Ends it.</param>
    public async ValueTask<(List<DueRow> Items, long Next)> ReadInTurnsAsync(
        long now, Func<string, long> pausedUntil, CancellationToken cancellation)
    {
        var (ready, next) = (new List<string>(), long.MaxValue);
        foreach (var (workspaceId, dueAt) in await database.ReadAsync(0, ReadWorkspacesAsync, cancellation))
        {
            var lookAt = Math.Max(dueAt, pausedUntil(workspaceId));
            if (lookAt <= now) ready.Add(workspaceId);
            else next = Math.Min(next, lookAt);
        }

        ready.Sort(StringComparer.Ordinal);
        var first = ready.FindIndex(workspaceId => string.CompareOrdinal(workspaceId, _last) > 0);
        var turns = (first < 0 ? ready : [.. ready[first..], .. ready[..first]]).Take(StepCount).ToList();
        if (turns.Count == 0) return ([], next);
        _last = turns[^1];
        return (await database.ReadAsync((turns, now), ReadSharesAsync, cancellation), next);
    }

    /// <summary>
    /// The workspaces that have something in the queue, and when the first of it is due. Each takes one look into the
    /// index.
    /// </summary>
    static async ValueTask<List<(string WorkspaceId, long DueAt)>> ReadWorkspacesAsync(
        ReadSession session, int _, CancellationToken cancellation)
    {
        var command = session.Command(
            """
            WITH RECURSIVE workspace_of_due (id) AS (
                SELECT MIN(workspace_id) FROM due
                UNION ALL
                SELECT (SELECT MIN(workspace_id) FROM due WHERE workspace_id > id)
                FROM workspace_of_due WHERE id IS NOT NULL
            )
            SELECT id, (SELECT MIN(due_at) FROM due WHERE workspace_id = id) FROM workspace_of_due
            WHERE id IS NOT NULL
            """);
        var workspaces = new List<(string WorkspaceId, long DueAt)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) workspaces.Add((reader.GetString(0), reader.GetInt64(1)));
        return workspaces;
    }

    static async ValueTask<List<DueRow>> ReadSharesAsync(
        ReadSession session, (List<string> Workspaces, long Now) turns, CancellationToken cancellation)
    {
        var items = new List<DueRow>();
        foreach (var workspaceId in turns.Workspaces)
        {
            var command = session.Command(
                """
                SELECT workspace_id, due_at, kind, resource FROM due
                WHERE workspace_id = @workspace_id AND due_at <= @now
                ORDER BY due_at, kind, resource LIMIT @limit
                """,
                ("@workspace_id", workspaceId), ("@now", turns.Now),
                ("@limit", (long)(StepCount / turns.Workspaces.Count)));
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation)) items.Add(DueRow.Table.Read(reader));
        }

        return items;
    }
}
