using System.Buffers.Binary;
using System.Text.Json;
using Baton.Contracts.Errors;
using Baton.Contracts.Json;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Platform.Commits;

/// <summary>A caller's Idempotency-Key.</summary>
/// <param name="Scope">The actor: keys of different actors never meet.</param>
/// <param name="Key">The header's value.</param>
/// <param name="Fingerprint">SHA-256 over all of the request that its outcome depends on.</param>
internal sealed record IdempotencyClaim(string Scope, string Key, byte[] Fingerprint);

/// <summary>An answer given before, as it is given again.</summary>
/// <param name="Status">200 or 201.</param>
/// <param name="Version">For the ETag; null for none.</param>
/// <param name="Seq">The commit.</param>
/// <param name="Body">The JSON body.</param>
internal sealed record ReplayedAnswer(int Status, long? Version, long Seq, byte[] Body)
{
    const int HeaderSize = 20;
    const long NoVersion = -1;

    public static ReplayedAnswer Of(Effect effect)
    {
        var answer = (effect.Replay ?? effect.Answer!).At(effect.Seq);
        var body = JsonSerializer.SerializeToUtf8Bytes(answer, BatonJson.Options.GetTypeInfo(answer.GetType()));
        return new ReplayedAnswer(effect.Created ? 201 : 200, effect.Version, effect.Seq, body);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[HeaderSize + Body.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, Status);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(4), Version ?? NoVersion);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(12), Seq);
        Body.CopyTo(bytes.AsSpan(HeaderSize));
        return bytes;
    }

    public static ReplayedAnswer FromBytes(byte[] bytes)
    {
        var version = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(4));
        return new ReplayedAnswer(
            BinaryPrimitives.ReadInt32BigEndian(bytes),
            version == NoVersion ? null : version,
            BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(12)),
            bytes[HeaderSize..]);
    }
}

internal readonly record struct IdempotencyId(string WorkspaceId, string Scope, string Key);

/// <summary>The kept outcome of a request.</summary>
internal sealed record IdempotencyRow(
    string WorkspaceId, string Scope, string Key, byte[] Fingerprint, long At, byte[] Answer)
{
    public static readonly Table<IdempotencyId, IdempotencyRow> Table = new()
    {
        Name = "idempotency",
        Key =
        [
            Column.Text<IdempotencyId>("workspace_id", key => key.WorkspaceId),
            Column.Text<IdempotencyId>("scope", key => key.Scope),
            Column.Text<IdempotencyId>("key", key => key.Key),
        ],
        Columns =
        [
            Column.Text<IdempotencyRow>("workspace_id", row => row.WorkspaceId),
            Column.Text<IdempotencyRow>("scope", row => row.Scope),
            Column.Text<IdempotencyRow>("key", row => row.Key),
            Column.Bytes<IdempotencyRow>("fingerprint", row => row.Fingerprint),
            Column.Integer<IdempotencyRow>("at", row => row.At),
            Column.Bytes<IdempotencyRow>("answer", row => row.Answer),
        ],
        KeyOf = row => new IdempotencyId(row.WorkspaceId, row.Scope, row.Key),
        Read = r => new IdempotencyRow(
            r.GetString(0), r.GetString(1), r.GetString(2), r.Bytes(3), r.GetInt64(4), r.Bytes(5)),
    };
}

/// <summary>Keeps and finds outcomes by Idempotency-Key, inside the lane's transaction.</summary>
internal sealed class Idempotency(long maxPerWorkspace)
{
    public const string SweepKind = "idempotency.sweep";
    public const long KeptMicros = 24 * 3600 * Micros.PerSecond;
    const long NeverDroppedMicros = 600 * Micros.PerSecond;
    const int DroppedAtOnce = 500;

    /// <summary>The outcome of the same request, or why the key cannot be used; null when it is new.</summary>
    public static Outcome<Effect>? Find(IRows rows, string workspaceId, IdempotencyClaim claim, long now)
    {
        var row = rows.Get(IdempotencyRow.Table, new IdempotencyId(workspaceId, claim.Scope, claim.Key));
        if (row is null || row.At + KeptMicros <= now) return null;
        if (!row.Fingerprint.AsSpan().SequenceEqual(claim.Fingerprint))
            return new Failure(
                ErrorCodes.IdempotencyKeyReused, "The Idempotency-Key was first sent with another request.");
        return new Effect(Answer: null) { Replayed = ReplayedAnswer.FromBytes(row.Answer) };
    }

    /// <summary>Whether an entry more would be one too many.</summary>
    public bool IsFull(WorkspaceRow workspace) => workspace.IdempotencyCount >= maxPerWorkspace;

    /// <summary>Drops the oldest entries that may go; answers how many went.</summary>
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

    public static void Keep(UnitOfWork work, string workspaceId, IdempotencyClaim claim, Effect effect) =>
        work.Put(IdempotencyRow.Table, new IdempotencyRow(
            workspaceId, claim.Scope, claim.Key, claim.Fingerprint, work.Now, ReplayedAnswer.Of(effect).ToBytes()));
}
