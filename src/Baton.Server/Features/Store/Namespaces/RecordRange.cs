using System.Data.Common;
using Baton.Server.Features.Store.Records;
using Baton.Server.Platform.Storage.Readers;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Store.Namespaces;

/// <summary>
/// A range of keys of a namespace: those that begin with a text, after a key, in the order of their bytes.
/// </summary>
/// <param name="NamespaceKey">Whose keys they are.</param>
/// <param name="Prefix">What the keys begin with.</param>
/// <param name="After">The key after which it begins; empty: at the start.</param>
/// <param name="Now">The time by which things have expired: the same for all that one answer looks at.</param>
internal sealed record RecordRange(NamespaceKey NamespaceKey, string Prefix, string After, long Now)
{
    const string SelectHeads =
        $"""
        SELECT {RecordHead.Columns} FROM store_record
        WHERE workspace_id = @workspace_id AND namespace = @namespace AND key >= @from AND key < @to
        ORDER BY key LIMIT @limit
        """;

    const string SelectRecords =
        $"""
        SELECT {RecordHead.Columns}, value FROM store_record
        WHERE workspace_id = @workspace_id AND namespace = @namespace AND key >= @from AND key < @to
        ORDER BY key LIMIT @limit
        """;

    const string SelectValues =
        """
        SELECT key, value FROM store_record
        WHERE workspace_id = @workspace_id AND namespace = @namespace AND key >= @first AND key <= @last
            AND deleted_at IS NULL AND updated_seq > @cleared_seq AND (expires_at IS NULL OR expires_at > @now)
        """;

    readonly string _end = NameRange.To(Prefix);

    /// <summary>The values of records that are there, between two keys, both included.</summary>
    public async ValueTask<Dictionary<string, byte[]>> ReadValuesAsync(
        ReadSession session, NamespaceRow namespaceRow, string first, string last, CancellationToken cancellation)
    {
        var command = session.Command(
            SelectValues, ("@workspace_id", NamespaceKey.WorkspaceId), ("@namespace", NamespaceKey.Namespace),
            ("@first", first), ("@last", last), ("@cleared_seq", namespaceRow.ClearedSeq), ("@now", Now));
        var values = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) values[reader.GetString(0)] = reader.Bytes(1);
        return values;
    }

    /// <summary>
    /// Selects the next rows after a key, live or not: heads, and behind their columns the value, if it is wanted.
    /// </summary>
    public DbCommand Command(ReadSession session, string after, long count, bool withValues) => session.Command(
        withValues ? SelectRecords : SelectHeads,
        ("@workspace_id", NamespaceKey.WorkspaceId), ("@namespace", NamespaceKey.Namespace),
        ("@from", NameRange.From(Prefix, after)), ("@to", _end), ("@limit", count));
}
