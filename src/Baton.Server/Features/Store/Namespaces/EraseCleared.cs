using Baton.Server.Features.Store.Records;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Features.Store.Namespaces;

/// <summary>
/// Erases records that were cleared with their namespace, some rows at a time, in the order of their keys. Its due item
/// names the key that it has reached. It is not in the ledger: `store.clear` is, and nobody can read these records
/// after it.
/// </summary>
internal sealed class EraseCleared(DueRow item, IDatabase database) : DueOperation(item)
{
    public const string Kind = "store.erase";

    const int StepCount = 500;

    List<string> _keys = [];

    public override Weight Weight => new(Bytes: 0, Rows: StepCount);

    RecordKey Reached => RecordKey.FromDue(Item.WorkspaceId, Item.Resource);

    public static void Schedule(UnitOfWork work, NamespaceKey namespaceKey, string afterKey) =>
        work.Schedule(
            work.Now, Kind, namespaceKey.RecordKeyOf(afterKey).DueResource);

    /// <summary>
    /// Only finds the keys; the lane looks at their records. A record that a clear has hidden stays hidden, so that
    /// none is missed.
    /// </summary>
    public override async ValueTask<Decision?> PrepareAsync(CancellationToken cancellation)
    {
        _keys = await database.ReadAsync(Reached, ReadKeysAsync, cancellation);
        return null;
    }

    public override void Reads(ReadSet reads)
    {
        reads.Add(NamespaceRow.Table, Reached.NamespaceKey);
        foreach (var key in _keys) reads.Add(RecordRow.Table, Reached with { Key = key });
    }

    protected override void Happen(UnitOfWork work)
    {
        if (work.Get(NamespaceRow.Table, Reached.NamespaceKey) is not { } namespaceRow) return;
        foreach (var key in _keys)
        {
            var row = work.Get(RecordRow.Table, Reached with { Key = key });
            if (row?.IsCleared(namespaceRow) == true) RecordWriter.EraseCleared(work, row, namespaceRow);
        }

        if (_keys.Count == StepCount) Schedule(work, Reached.NamespaceKey, _keys[^1]);
    }

    static async ValueTask<List<string>> ReadKeysAsync(
        ReadSession session, RecordKey reached, CancellationToken cancellation)
    {
        var command = session.Command(
            """
            SELECT key FROM store_record WHERE workspace_id = @workspace_id AND namespace = @namespace AND key > @after
            ORDER BY key LIMIT @limit
            """,
            ("@workspace_id", reached.WorkspaceId), ("@namespace", reached.Namespace), ("@after", reached.Key),
            ("@limit", (long)StepCount));
        var keys = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) keys.Add(reader.GetString(0));
        return keys;
    }
}
