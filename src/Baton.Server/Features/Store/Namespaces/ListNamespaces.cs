using System.Data.Common;
using Baton.Contracts;
using Baton.Contracts.Store;
using Baton.Server.Features.Store.Records;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Features.Store.Namespaces;

/// <summary>Lists the namespaces with their counts, which every commit keeps: nothing is scanned for them.</summary>
internal static class ListNamespaces
{
    /// <summary>Rows that one request looks at: those of emptied namespaces stay for a while.</summary>
    const int MaxScanned = 10_000;

    const int BytesPerItem = 1500;

    /// <summary>The first character that a namespace can begin with: states are before it.</summary>
    const string First = " ";

    public static RouteSpec Spec { get; } = new(
        "store.namespaces", "Lists the namespaces that have records, by name, with their counts.")
    {
        Description = "A record that has expired counts until the server comes to it, which is soon.",
        Role = Role.Reader,
        Query =
        [
            new("prefix", "string", "Only namespaces that begin so."),
            Paging.Limit,
            Paging.Cursor,
        ],
        Answers = [AnswerSpec.Json<Page<NamespaceInfo>>(200, "A page of namespaces.", "Baton-Seq")],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call)
    {
        var (limit, cursor) = Paging.Read(call);
        // The web server has taken `.` and `..` out of the path: `/store/a/..` is no question for all namespaces.
        if (RawTarget.PathOf(call.Http.Request).Trim('/').Contains('/', StringComparison.Ordinal))
            call.Errors.Add("path", "The path has a part `.` or `..`.");
        var prefix = StoreRoutes.ReadPrefix(call);
        if (call.Errors.Any) return call.Errors.ToFailure();
        return await Paging.AnswerAsync(call, await ReadAsync(call.Caller, prefix, cursor ?? "", limit));
    }

    /// <summary>A page of the namespaces after one, whose `next_cursor` is the one that it has reached.</summary>
    public static async ValueTask<Outcome<Page<NamespaceInfo>>> ReadAsync(
        Caller caller, string prefix, string after, int limit)
    {
        caller.Look();
        var most = Math.Min(limit, PageBounds.MaxBytes / BytesPerItem);
        return await caller.Reads.ReadAsync((caller, prefix, after, most), ReadPageAsync, caller.Aborted);
    }

    static async ValueTask<Page<NamespaceInfo>> ReadPageAsync(
        ReadSession session, (Caller Caller, string Prefix, string Cursor, int Limit) request,
        CancellationToken cancellation)
    {
        var caller = request.Caller;
        var (items, next) = await RowScan.PageAsync(
            request.Cursor, request.Limit, MaxScanned,
            (cursor, count) => Select(session, caller.WorkspaceId, request.Prefix, cursor, count),
            reader =>
            {
                var row = NamespaceRow.Table.Read(reader);
                var resource = RecordSpace.ResourceOf(row.Namespace, "");
                var isThere = row.Records > 0 && caller.MaySee(Spec.Action, resource);
                return (row.Namespace, isThere ? row.ToInfo() : null);
            }, cancellation);
        return new Page<NamespaceInfo>(items, next);
    }

    static DbCommand Select(ReadSession session, string workspaceId, string prefix, string cursor, long count) =>
        session.Command(
            """
            SELECT workspace_id, namespace, records, bytes, held_bytes, stored_rows, cleared_seq, cleared_at,
                   updated_at, updated_seq, claim_shapes
            FROM store_namespace
            WHERE workspace_id = @workspace_id AND namespace >= @from AND namespace < @to
            ORDER BY namespace LIMIT @limit
            """,
            ("@workspace_id", workspaceId),
            ("@from", NameRange.From(prefix.Length == 0 ? First : prefix, cursor)), ("@to", NameRange.To(prefix)),
            ("@limit", count));
}
