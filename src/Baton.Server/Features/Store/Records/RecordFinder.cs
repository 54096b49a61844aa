using Baton.Server.Features.Store.Claims;
using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Features.Store.Records;

/// <summary>Reads single records, their claims and their namespaces. Safe for concurrent use.</summary>
internal sealed class RecordFinder(RowReaders readers, LaneClock clock)
{
    readonly Rows<RecordKey, RecordRow> _records = readers.Of(RecordRow.Table);
    readonly Rows<ClaimKey, ClaimRow> _claims = readers.Of(ClaimRow.Table);
    readonly Rows<NamespaceKey, NamespaceRow> _namespaces = readers.Of(NamespaceRow.Table);

    /// <summary>
    /// The record. Null: it is not live. Its row and that of its namespace are read one after the other. If the
    /// namespace is cleared in between, the record is absent, which was then true.
    /// </summary>
    public ValueTask<RecordRow?> FindAsync(RecordKey key, CancellationToken cancellation)
    {
        var row = _records.GetAsync(key, cancellation);
        if (!row.IsCompletedSuccessfully) return AwaitAsync(row, cancellation);
        if (row.Result is not { DeletedAt: null } record) return new((RecordRow?)null);
        var namespaceRow = _namespaces.GetAsync(key.NamespaceKey, cancellation);
        return namespaceRow.IsCompletedSuccessfully
            ? new(Live(record, namespaceRow.Result))
            : AwaitAsync(record, namespaceRow);
    }

    /// <summary>
    /// The version by which a record was deleted, cleared or has expired. Null: it is live, or nothing is known of it.
    /// </summary>
    public async ValueTask<long?> FindGoneVersionAsync(RecordKey key, CancellationToken cancellation)
    {
        if (await _records.GetAsync(key, cancellation) is not { } row) return null;
        if (row.DeletedAt is not null) return row.Version;
        var namespaceRow = await _namespaces.GetAsync(key.NamespaceKey, cancellation);
        return Live(row, namespaceRow) is null ? row.Version + 1 : null;
    }

    /// <summary>The claim that holds a record now. Null: nobody holds it.</summary>
    public async ValueTask<ClaimRow?> FindClaimAsync(RecordRow record, CancellationToken cancellation)
    {
        if (record.ClaimId is not { } claimId) return null;
        var claim = await _claims.GetAsync(new ClaimKey(record.WorkspaceId, claimId), cancellation);
        return claim?.Lease.IsHeld(clock.Now()) == true ? claim : null;
    }

    public ValueTask<NamespaceRow?> FindNamespaceAsync(NamespaceKey key, CancellationToken cancellation) =>
        _namespaces.GetAsync(key, cancellation);

    /// <summary>The namespace as it is in a session. Null: nothing was ever written to it.</summary>
    public ValueTask<NamespaceRow?> SelectNamespaceAsync(
        ReadSession session, NamespaceKey key, CancellationToken cancellation) =>
        _namespaces.SelectAsync(session, key, cancellation);

    async ValueTask<RecordRow?> AwaitAsync(ValueTask<RecordRow?> found, CancellationToken cancellation)
    {
        if (await found is not { DeletedAt: null } row) return null;
        return Live(row, await _namespaces.GetAsync(row.Id.NamespaceKey, cancellation));
    }

    async ValueTask<RecordRow?> AwaitAsync(RecordRow row, ValueTask<NamespaceRow?> namespaceRow) =>
        Live(row, await namespaceRow);

    RecordRow? Live(RecordRow row, NamespaceRow? namespaceRow) => row.IsLive(namespaceRow, clock.Now()) ? row : null;
}
