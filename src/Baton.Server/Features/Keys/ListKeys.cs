using System.Data.Common;
using Baton.Contracts;
using Baton.Contracts.Identity;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Pages;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Features.Keys;

/// <summary>Lists the keys of a workspace, without their secrets.</summary>
internal static class ListKeys
{
    const int BytesPerItem = 3000;

    public const string Action = "key.list";

    public static ReadSpec Spec { get; } = new ListSpec<ListKeysRequest, KeyInfo>(
        Action, "Lists the keys of the workspace, by id, without secrets.", ReadAsync)
    {
        Role = Role.Admin,
        Found = "A page of keys.",
    };

    static async ValueTask<Outcome<Page<KeyInfo>>> ReadAsync(Caller caller, ListKeysRequest request, ListPage page)
    {
        caller.Look();
        var now = caller.Services.Now;
        var scan = new PageScan<ApiKeyRow>
        {
            Select = (session, place, count) => Select(session, caller.WorkspaceId, place, count),
            Read = ApiKeyRow.Table.Read,
            PlaceOf = row => row.KeyId,
            ResourceOf = row => row.Resource,
            IsLive = row => row.Life.IsLive(now),
            SizeOf = _ => BytesPerItem,
        };
        return page.Answer(await scan.ReadAsync(caller, Action, page.After, page.Limit), row => row.ToInfo());
    }

    static DbCommand Select(ReadSession session, string workspaceId, string place, long count) =>
        session.Command(
            """
            SELECT workspace_id, key_id, name, agent_id, role, version, secret_hash, old_secret_hash, old_secret_until,
                   created_at, created_by, expires_at, rate_requests, rate_seconds, created_seq, updated_seq
            FROM api_key WHERE workspace_id = @workspace_id AND key_id > @after ORDER BY key_id LIMIT @limit
            """,
            ("@workspace_id", workspaceId), ("@after", place), ("@limit", count));
}
