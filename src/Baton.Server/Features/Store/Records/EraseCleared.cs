using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Features.Store.Records;

/// <summary>
/// Erases cleared records, some rows at a time, by key. Its due item holds the place that it has reached. Not in the
/// ledger: `store.clear` is, and nobody could read these rows after it.
/// </summary>
internal sealed class EraseCleared(DueRow item, IDatabase database) : DueOperation(item)
{
    public const string Kind = "store.erase";

    const int StepCount = 500;

    List<string> _keys = [];

    public override Weight Weight => new(Bytes: 0, Rows: StepCount);

    RecordKey Place => RecordKey.FromDue(Item.WorkspaceId, Item.Resource);

    public static void Schedule(UnitOfWork work, NamespaceKey home, string afterKey) =>
        work.Schedule(
            work.Now, Kind, new RecordKey(home.WorkspaceId, home.Namespace, afterKey).DueResource);

    /// <summary>
    /// Only finds the keys: the lane looks at their records. A record that a clear has hidden stays hidden, so none is
    /// missed.
    /// </summary>
    public override async ValueTask<Decision?> PrepareAsync(CancellationToken cancellation)
    {
        _keys = await database.ReadAsync(Place, ReadKeysAsync, cancellation);
        return null;
    }

    public override void Reads(ReadSet reads)
    {
        reads.Add(NamespaceRow.Table, Place.NamespaceKey);
        foreach (var key in _keys) reads.Add(RecordRow.Table, Place with { Key = key });
    }

    protected override void Happen(UnitOfWork work)
    {
        if (work.Get(NamespaceRow.Table, Place.NamespaceKey) is not { } home) return;
        foreach (var key in _keys)
        {
            var row = work.Get(RecordRow.Table, Place with { Key = key });
            if (row?.IsCleared(home) == true) RecordWriter.EraseCleared(work, row, home);
        }

        if (_keys.Count == StepCount) Schedule(work, Place.NamespaceKey, _keys[^1]);
    }

    static async ValueTask<List<string>> ReadKeysAsync(
        ReadSession session, RecordKey place, CancellationToken cancellation)
    {
        var command = session.Command(
            """
            SELECT key FROM store_record WHERE workspace_id = @workspace_id AND namespace = @namespace AND key > @after
            ORDER BY key LIMIT @limit
            """,
            ("@workspace_id", place.WorkspaceId), ("@namespace", place.Namespace), ("@after", place.Key),
            ("@limit", (long)StepCount));
        var keys = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) keys.Add(reader.GetString(0));
        return keys;
    }
}
