using System.Data.Common;
using Baton.Contracts;
using Baton.Contracts.Store;
using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Pages;
using Baton.Server.Platform.Storage.Readers;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Store.Namespaces;

/// <summary>Lists the namespaces with their counts, which every commit keeps: nothing is scanned for them.</summary>
internal static class ListNamespaces
{
    const int BytesPerItem = 1500;

    /// <summary>The first character with which a namespace can begin. The state of agents comes before it.</summary>
    const string First = " ";

    public const string Action = "store.namespaces";

    public static ReadSpec Spec { get; } = new ListSpec<ListNamespacesRequest, NamespaceInfo>(
        Action, "Lists the namespaces that have records, by name, with their counts.", ReadAsync)
    {
        Description = "A record that has expired counts until the server comes to it, which is soon.",
        Role = Role.Reader,
        Found = "A page of namespaces.",
    };

    static async ValueTask<Outcome<Page<NamespaceInfo>>> ReadAsync(
        Caller caller, ListNamespacesRequest request, ListPage page)
    {
        var prefix = request.Prefix ?? "";
        caller.Look();
        var scan = new PageScan<NamespaceRow>
        {
            Select = (session, place, count) => Select(session, caller.WorkspaceId, prefix, place, count),
            Read = NamespaceRow.Table.Read,
            PlaceOf = row => row.Namespace,
            ResourceOf = row => RecordSpace.ResourceOf(row.Namespace, ""),
            // The rows of namespaces that were emptied exist for a while.
            IsLive = row => row.Records > 0,
            SizeOf = _ => BytesPerItem,
        };
        return page.Answer(await scan.ReadAsync(caller, Action, page.After, page.Limit), row => row.ToInfo());
    }

    static DbCommand Select(ReadSession session, string workspaceId, string prefix, string place, long count) =>
        session.Command(
            """
            SELECT workspace_id, namespace, records, bytes, held_bytes, stored_rows, cleared_seq, cleared_at,
                   updated_at, updated_seq, claim_shapes
            FROM store_namespace
            WHERE workspace_id = @workspace_id AND namespace >= @from AND namespace < @to
            ORDER BY namespace LIMIT @limit
            """,
            ("@workspace_id", workspaceId),
            ("@from", NameRange.From(prefix.Length == 0 ? First : prefix, place)), ("@to", NameRange.To(prefix)),
            ("@limit", count));
}
