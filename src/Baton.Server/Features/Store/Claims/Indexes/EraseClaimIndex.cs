using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Features.Store.Claims.Indexes;

/// <summary>
/// Erases the entries of a shape that no longer exists, some of them at a time. It is not in the ledger.
/// </summary>
internal sealed class EraseClaimIndex(DueRow item, IDatabase database) : DueOperation(item)
{
    public const string Kind = "store.erase_shape";

    const int StepCount = 500;

    List<ClaimableKey> _keys = [];

    public override Weight Weight => new(Bytes: 0, Rows: StepCount);

    public static void Schedule(UnitOfWork work, NamespaceKey namespaceKey, long shape) =>
        work.Schedule(
            work.Now, Kind, string.Create(
                System.Globalization.CultureInfo.InvariantCulture, $"{namespaceKey.Namespace}\n{shape}"));

    public override async ValueTask<Decision?> PrepareAsync(CancellationToken cancellation)
    {
        _keys = await database.ReadAsync(Item, ReadKeysAsync, cancellation);
        return null;
    }

    protected override void Happen(UnitOfWork work)
    {
        foreach (var key in _keys) work.Delete(ClaimableRow.Table, key);
        if (_keys.Count == StepCount) work.Schedule(work.Now, Kind, Item.Resource);
    }

    static async ValueTask<List<ClaimableKey>> ReadKeysAsync(
        ReadSession session, DueRow item, CancellationToken cancellation)
    {
        var end = item.Resource.IndexOf('\n', StringComparison.Ordinal);
        var command = session.Command(
            """
            SELECT workspace_id, namespace, shape, matched, created_seq, key FROM store_claimable
            WHERE workspace_id = @workspace_id AND namespace = @namespace AND shape = @shape LIMIT @limit
            """,
            ("@workspace_id", item.WorkspaceId), ("@namespace", item.Resource[..end]),
            ("@shape", long.Parse(item.Resource.AsSpan(end + 1), System.Globalization.CultureInfo.InvariantCulture)),
            ("@limit", (long)StepCount));
        var keys = new List<ClaimableKey>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) keys.Add(ClaimableRow.Table.Read(reader).Id);
        return keys;
    }
}
