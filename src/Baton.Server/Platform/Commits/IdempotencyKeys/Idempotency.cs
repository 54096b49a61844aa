using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Platform.Commits.IdempotencyKeys;

/// <summary>Keeps and finds outcomes by Idempotency-Key, inside the lane's transaction.</summary>
internal sealed class Idempotency(long maxPerWorkspace)
{
    public const string SweepKind = "idempotency.sweep";
    public const long KeptMicros = 24 * 3600 * Micros.PerSecond;
    const long NeverDroppedMicros = 600 * Micros.PerSecond;
    const int DroppedAtOnce = 500;

    /// <summary>The outcome of the same request, or why the key cannot be used; null when it is new.</summary>
    public static Outcome<Effect>? Find(Batch rows, string workspaceId, IdempotencyKey key, long now)
    {
        var row = rows.Get(IdempotencyRow.Table, new IdempotencyId(workspaceId, key.Scope, key.Value));
        if (row is null || row.At + KeptMicros <= now) return null;
        if (!row.Fingerprint.AsSpan().SequenceEqual(key.Fingerprint))
            return new Failure(
                ErrorCodes.IdempotencyKeyReused, "The Idempotency-Key was first sent with another request.");
        return new Effect(Answer: null) { Replayed = ReplayedAnswer.FromBytes(row.Answer) };
    }

    /// <summary>Whether the workspace keeps as many outcomes as it may.</summary>
    public bool IsFull(WorkspaceRow workspace) => workspace.IdempotencyCount >= maxPerWorkspace;

    /// <summary>Drops the oldest outcomes that may be dropped, and answers how many they were.</summary>
    public static async ValueTask<int> DropOldestAsync(
        ReadSession session, Batch batch, string workspaceId, long now, long minAgeMicros = NeverDroppedMicros)
    {
        var command = session.Command(
            """
            SELECT scope, key FROM idempotency
            WHERE workspace_id = @workspace_id AND at <= @before ORDER BY at LIMIT @limit
            """,
            ("@workspace_id", workspaceId), ("@before", now - minAgeMicros), ("@limit", (long)DroppedAtOnce));
        var set = batch.SetOf(IdempotencyRow.Table);
        var dropped = 0;
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            set.Set(new IdempotencyId(workspaceId, reader.GetString(0), reader.GetString(1)), row: null);
            dropped++;
        }

        return dropped;
    }

    public static void Keep(UnitOfWork work, string workspaceId, IdempotencyKey key, Effect effect) =>
        work.Put(IdempotencyRow.Table, new IdempotencyRow(
            workspaceId, key.Scope, key.Value, key.Fingerprint, work.Now, ReplayedAnswer.Of(effect).ToBytes()));
}
