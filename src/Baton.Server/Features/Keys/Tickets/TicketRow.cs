using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Keys.Tickets;

/// <summary>
/// A ticket, which stands for a key in one GET. Only its hash is stored. It ends with the secret that made it, or
/// earlier.
/// </summary>
/// <param name="TicketHash">The hash of the ticket.</param>
/// <param name="WorkspaceId">The workspace in which it acts.</param>
/// <param name="KeyWorkspaceId">The workspace that holds the key; another one where a server key made it.</param>
/// <param name="KeyId">The key that made it.</param>
/// <param name="AgentId">The agent as whom it acts; null for none.</param>
/// <param name="Path">The path of the GET that it opens.</param>
/// <param name="ExpiresAt">When it ends, in microseconds since 1970-01-01 UTC, if nobody uses it.</param>
/// <param name="KeySecret">
/// The hash of the secret that made it; null for a ticket from before it was kept, which opens nothing.
/// </param>
internal sealed record TicketRow(
    SecretHash TicketHash, string WorkspaceId, string KeyWorkspaceId, string KeyId, string? AgentId, string Path,
    long ExpiresAt, SecretHash? KeySecret)
{
    public static readonly Table<SecretHash, TicketRow> Table = new()
    {
        Name = "ticket",
        Key = [Column.Bytes<SecretHash>("ticket_hash", key => key.ToBytes())],
        Columns =
        [
            Column.Bytes<TicketRow>("ticket_hash", row => row.TicketHash.ToBytes()),
            Column.Text<TicketRow>("workspace_id", row => row.WorkspaceId),
            Column.Text<TicketRow>("home_id", row => row.KeyWorkspaceId),
            Column.Text<TicketRow>("key_id", row => row.KeyId),
            Column.Text<TicketRow>("agent_id", row => row.AgentId),
            Column.Text<TicketRow>("path", row => row.Path),
            Column.Integer<TicketRow>("expires_at", row => row.ExpiresAt),
            Column.Bytes<TicketRow>("secret_hash", row => row.KeySecret?.ToBytes()),
        ],
        KeyOf = row => row.TicketHash,
        Read = r => new TicketRow(
            SecretHash.FromBytes(r.Bytes(0)), r.GetString(1), r.GetString(2), r.GetString(3), r.TextOrNull(4),
            r.GetString(5), r.GetInt64(6), r.BytesOrNull(7) is { } secret ? SecretHash.FromBytes(secret) : null),
    };
}
