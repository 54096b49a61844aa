using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Platform.Commits.IdempotencyKeys;

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
