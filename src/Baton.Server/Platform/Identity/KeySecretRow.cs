using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Platform.Identity;

/// <summary>The key that a secret belongs to. It is looked up before the workspace is known.</summary>
internal sealed record KeySecretRow(SecretHash SecretHash, string WorkspaceId, string KeyId)
{
    public static readonly Table<SecretHash, KeySecretRow> Table = new()
    {
        Name = "key_secret",
        Key = [Column.Bytes<SecretHash>("secret_hash", key => key.ToBytes())],
        Columns =
        [
            Column.Bytes<KeySecretRow>("secret_hash", row => row.SecretHash.ToBytes()),
            Column.Text<KeySecretRow>("workspace_id", row => row.WorkspaceId),
            Column.Text<KeySecretRow>("key_id", row => row.KeyId),
        ],
        KeyOf = row => row.SecretHash,
        Read = r => new KeySecretRow(SecretHash.FromBytes(r.Bytes(0)), r.GetString(1), r.GetString(2)),
        Weight = _ => 150,
        MayLag = true,
    };
}
