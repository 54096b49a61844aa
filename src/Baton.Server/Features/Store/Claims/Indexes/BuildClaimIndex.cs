using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Features.Store.Records;
using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Storage;
using Baton.Server.Platform.Storage.Readers;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Store.Claims.Indexes;

/// <summary>
/// Does one step of building a shape: it adds the next records, in the order of their keys. It answers whether nothing
/// is left to be built. It is not in the ledger.
/// </summary>
internal sealed class BuildClaimIndex(
    IDatabase database, RecordFinder finder, NamespaceKey namespaceKey, ClaimMatch match) : Operation
{
    const int StepCount = 500;

    /// <summary>
    /// The most bytes of values that one step reads. Where values are large, a step takes fewer records.
    /// </summary>
    const long StepBytes = 4 * 1024 * 1024;

    List<string> _keys = [];
    ClaimShape? _shape;
    bool _isLast;

    public override string Name => "store.build_shape";

    public override Weight Weight => new(Bytes: 0, Rows: StepCount);

    public override string Resource => RecordSpace.ResourceOf(namespaceKey.Namespace, "");

    /// <summary>
    /// Only finds the keys: the lane looks at their records. A record that is written later is put into the shape by
    /// its writer.
    /// </summary>
    public override async ValueTask<Decision?> PrepareAsync(CancellationToken cancellation)
    {
        _shape = (await finder.FindNamespaceAsync(namespaceKey, cancellation))?.Shapes.Find(match);
        if (_shape?.BuiltTo is not { } after) return null;
        (_keys, _isLast) = await database.ReadAsync((namespaceKey, match.Prefix, after), ReadKeysAsync, cancellation);
        return null;
    }

    public override void Reads(ReadSet reads)
    {
        reads.Add(NamespaceRow.Table, namespaceKey);
        foreach (var key in _keys) reads.Add(RecordRow.Table, namespaceKey.RecordKeyOf(key));
    }

    public override Decision Decide(UnitOfWork work)
    {
        var row = work.Get(NamespaceRow.Table, namespaceKey);
        if (row?.Shapes.Find(match) is not { IsBuilt: false } shape) return Effect.OfOperational(answer: true);
        // Another node was faster: it has done this step.
        if (shape.Number != _shape?.Number || shape.BuiltTo != _shape.BuiltTo)
            return Effect.OfOperational(answer: false);
        foreach (var key in _keys)
        {
            var record = work.Get(RecordRow.Table, namespaceKey.RecordKeyOf(key));
            if (record is { ClaimId: null } && record.IsCounted(row) && shape.KeyOf(record) is { } claimable)
                work.Put(ClaimableRow.Table, new ClaimableRow(claimable));
        }

        work.Put(NamespaceRow.Table, row with
        {
            Shapes = row.Shapes.With(shape with { BuiltTo = _isLast ? null : _keys[^1] }),
        });
        return Effect.OfOperational(_isLast);
    }

    static async ValueTask<(List<string> Keys, bool IsLast)> ReadKeysAsync(
        ReadSession session, (NamespaceKey NamespaceKey, string Prefix, string After) range,
        CancellationToken cancellation)
    {
        var command = session.Command(
            """
            SELECT key, size FROM store_record
            WHERE workspace_id = @workspace_id AND namespace = @namespace
                AND key >= @from AND key < @to
            ORDER BY key LIMIT @limit
            """,
            ("@workspace_id", range.NamespaceKey.WorkspaceId), ("@namespace", range.NamespaceKey.Namespace),
            ("@from", NameRange.From(range.Prefix, range.After)), ("@to", NameRange.To(range.Prefix)),
            ("@limit", (long)StepCount));
        var (keys, bytes) = (new List<string>(), 0L);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (bytes < StepBytes)
        {
            if (!await reader.ReadAsync(cancellation)) return (keys, keys.Count < StepCount);
            keys.Add(reader.GetString(0));
            bytes += reader.GetInt64(1);
        }

        return (keys, IsLast: false);
    }
}
