using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Features.Keys;

/// <summary>Every way in which keys, workspaces and tickets are answered.</summary>
public sealed class IdentityScenarios(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    internal static IReadOnlyList<Scenario> All { get; } = [.. Keys(), .. KeyChanges(), .. Workspaces(), .. Tickets(), .. Callers()];

    public static TheoryData<string> Names => [.. All.Select(scenario => scenario.Name)];

    [Theory, MemberData(nameof(Names))]
    public Task Identity_AsListed_IsAnsweredAsListed(string name) => Scenario.RunAsync(fixture.Server, All, name);

    static Scenario Create(string name, string body, int status) => new(name, $"POST /keys\n\n{body}", status) { As = "admin" };

    static IEnumerable<Scenario> Keys() =>
    [
        new("KeyCreate_Good_ShowsTheSecret", """
            POST /keys

            {"name":"k","role":"agent","agent_id":"planner","expires_in":60,"rate_limit":{"requests":5,"window_seconds":60}}
            """, 201)
        {
            As = "admin",
            Has = ["\"key\":\"btn_", "\"agent_id\":\"planner\"", "\"role\":\"agent\"", "\"version\":1", "ETag: \"1\"", "\"key_id\":\"key_"],
            HasNot = ["\"expires_at\":null"],
            Ledger = ["key.create key:* v1"],
        },
        Create("KeyCreate_UnknownRole_IsInvalid", """{"name":"k","role":"root"}""", 400) with
        {
            Code = "request.invalid",
            Has = ["\"pointer\":\"/role\"", "reader, agent, admin, server"],
        },
        Create("KeyCreate_EverythingWrong_NamesItAll",
            """{"name":"","role":"agent","agent_id":"a b","expires_in":0,"rate_limit":{"requests":0,"window_seconds":86401}}""", 400) with
        {
            Code = "request.invalid",
            Has = ["/name", "/agent_id", "/expires_in", "/rate_limit/requests", "/rate_limit/window_seconds"],
        },
        Create("KeyCreate_NameWithU0000_IsInvalid", """{"name":"a\u0000b","role":"agent"}""", 400) with
        {
            Code = "request.invalid",
            Has = ["/name", "U+0000"],
        },
        new("TicketCreate_PathWithU0000_IsInvalid", """
            POST /tickets

            {"path":"/events\u0000"}
            """, 400) { Code = "request.invalid", Has = ["/path", "U+0000"] },
        Create("KeyCreate_RoleAboveOwn_IsRefusedAndRecorded", """{"name":"k","role":"server"}""", 403) with
        {
            Code = "access.denied",
            Ledger = ["key.create workspace:{workspace} refused access.denied"],
        },
        Create("KeyCreate_ServerKeyElsewhere_IsInvalid", """{"name":"k","role":"server"}""", 400) with
        {
            As = "server",
            Code = "request.invalid",
            Has = ["/role"],
        },
        Create("KeyCreate_MistypedMember_NamesTheNearest", """{"name":"k","rol":"agent"}""", 400) with
        {
            Code = "request.invalid_json",
            Has = ["did you mean \\\"role\\\"?"],
        },
        Create("KeyCreate_MistypedNestedMember_NamesTheNearestThere",
            """{"name":"k","role":"agent","rate_limit":{"requests":1,"window_second":1}}""", 400) with
        {
            Code = "request.invalid_json",
            Has = ["did you mean \\\"window_seconds\\\"?", "\"pointer\":\"/rate_limit/window_second\""],
        },
        Create("KeyCreate_Agent_IsRefusedAndRecorded", """{"name":"k","role":"agent"}""", 403) with
        {
            As = "planner",
            Code = "access.denied",
            Ledger = ["key.create workspace:{workspace} by planner refused access.denied"],
        },
        new("KeyList_Admin_ShowsNoSecret", "GET /keys", 200)
        {
            As = "admin",
            Has = ["{agent_id}", "\"agent_id\":\"planner\"", "\"role\":\"reader\"", "Baton-Seq: "],
            HasNot = ["{agent_key}", "{admin_key}", "secret", "hash"],
        },
        new("KeyList_PageOfOne_HasACursor", "GET /keys?limit=1", 200)
        {
            As = "admin",
            Has = ["\"next_cursor\":\"{cursor key.list {admin_id}}\""],
        },
        new("KeyList_BadLimit_IsInvalid", "GET /keys?limit=x", 400) { As = "admin", Code = "request.invalid" },
        new("KeyList_Agent_IsRefusedAndRecorded", "GET /keys", 403)
        {
            Code = "access.denied",
            Ledger = ["key.list workspace:{workspace} refused access.denied"],
        },
    ];

    static IEnumerable<Scenario> KeyChanges() =>
    [
        new("KeyRevoke_Present_EndsIt", "DELETE /keys/{agent_id}", 200)
        {
            As = "admin",
            Has = ["{\"version\":2,\"seq\":", "ETag: \"2\""],
            Ledger = ["key.revoke key:{agent_id} v2"],
        },
        new("KeyRevoke_Twice_IsNotFound", "DELETE /keys/{agent_id}", 404)
        {
            As = "admin",
            Given = ["DELETE /keys/{agent_id}"],
            Code = "key.not_found",
        },
        new("KeyRevoke_Unknown_IsNotFound", "DELETE /keys/key_nobody", 404) { As = "admin", Code = "key.not_found" },
        new("KeyRevoke_AdminItself_IsDone", "DELETE /keys/{admin_id}", 200) { As = "admin", Ledger = ["key.revoke key:{admin_id} v2"] },
        new("KeyRevoke_UnknownParameter_IsRefused", "DELETE /keys/{agent_id}?now=1", 400) { As = "admin", Code = "request.unknown_parameter" },
        new("KeyRotate_Good_ShowsTheNewSecret", """
            POST /keys/{agent_id}/rotate

            {"grace_seconds":60}
            """, 200)
        {
            As = "admin",
            Has = ["\"key\":\"btn_", "\"version\":2", "\"old_key_expires_at\":\"20"],
            HasNot = ["{agent_key}"],
            Ledger = ["key.rotate key:{agent_id} v2"],
        },
        new("KeyRotate_WithoutGrace_EndsTheOldAtOnce", "POST /keys/{agent_id}/rotate\n\n{}", 200)
        {
            As = "admin",
            Has = ["\"old_key_expires_at\":null"],
            Ledger = ["key.rotate key:{agent_id} v2"],
        },
        new("KeyRotate_GraceTooLong_IsInvalid", """
            POST /keys/{agent_id}/rotate

            {"grace_seconds":604801}
            """, 400)
        {
            As = "admin",
            Code = "request.invalid",
            Has = ["/grace_seconds"],
        },
        new("KeyRotate_Unknown_IsNotFound", "POST /keys/key_nobody/rotate\n\n{}", 404) { As = "admin", Code = "key.not_found" },
        new("KeyRotate_WithoutBody_IsUnsupported", "POST /keys/{agent_id}/rotate", 415)
        {
            As = "admin",
            Code = "request.unsupported_media_type",
            Has = ["missing"],
        },
    ];

    static IEnumerable<Scenario> Workspaces() =>
    [
        new("WorkspaceCreate_Good_ShowsItsFirstKey", """
            POST /workspaces

            {"name":"{name}-next"}
            """, 201)
        {
            As = "server",
            Has = ["\"workspace_id\":\"ws_", "\"key\":\"btn_", "\"key_id\":\"key_", "\"seq\":2", "Baton-Seq: 2"],
        },
        new("WorkspaceCreate_NameTaken_IsRefused", """
            POST /workspaces

            {"name":"{name}"}
            """, 409) { As = "server", Code = "workspace.name_taken" },
        new("WorkspaceCreate_BadName_IsInvalid", """
            POST /workspaces

            {"name":"ws_1"}
            """, 400) { As = "server", Code = "request.invalid", Has = ["/name"] },
        new("WorkspaceCreate_Admin_IsRefusedAndRecorded", """
            POST /workspaces

            {"name":"x"}
            """, 403)
        {
            As = "admin",
            Code = "access.denied",
            Ledger = ["workspace.create workspace:{workspace} refused access.denied"],
        },
        new("WorkspaceList_Server_ShowsThemByName", "GET /workspaces?limit=1000", 200)
        {
            As = "server",
            Has = ["{\"workspace_id\":\"{workspace}\",\"name\":\"{name}\"", "\"name\":\"default\""],
        },
        new("WorkspaceList_BadCursor_IsInvalid", "GET /workspaces?cursor=", 400) { As = "server", Code = "request.invalid" },
        new("WorkspaceList_Admin_IsRefusedAndRecorded", "GET /workspaces", 403)
        {
            As = "admin",
            Code = "access.denied",
            HasNot = ["default"],
            Ledger = ["workspace.list workspace:{workspace} refused access.denied"],
        },
    ];

    static IEnumerable<Scenario> Tickets() =>
    [
        new("TicketCreate_Good_ShowsTheTicket", """
            POST /tickets

            {"path":"/events"}
            """, 201)
        {
            As = "reader",
            Has = ["{\"ticket\":\"tkt_", "\"path\":\"/events\"", "\"expires_at\":\"20"],
            HasNot = ["Baton-Seq"],
        },
        .. new[] { "events", "/events?after=1", "/" + new string('p', 2048) }.Select((path, index) =>
            new Scenario($"TicketCreate_BadPath{index}_IsInvalid", $$"""
                POST /tickets

                {"path":"{{path}}"}
                """, 400) { Code = "request.invalid", Has = ["\"pointer\":\"/path\""] }),
        new("TicketCreate_PathMissing_IsInvalidJson", "POST /tickets\n\n{}", 400) { Code = "request.invalid_json" },
        new("TicketCreate_IdempotencyKey_IsRefused", """
            POST /tickets
            Idempotency-Key: k

            {"path":"/events"}
            """, 400) { Code = "request.idempotency_not_supported" },
        new("Ticket_Unknown_IsUnauthorised", "GET /events?ticket=tkt_no", 401) { As = "nobody", Code = "auth.required", HasNot = ["tkt_no"] },
    ];

    static IEnumerable<Scenario> Callers() =>
    [
        new("Caller_BearerKey_IsKnown", "GET /stashes\nAuthorization: Bearer {agent_key}", 200) { As = "nobody" },
        new("Caller_UnknownKey_IsUnauthorised", "GET /stashes\nX-API-KEY: btn_no", 401)
        {
            As = "nobody",
            Code = "auth.required",
            HasNot = ["btn_no"],
        },
        new("Caller_BasicAuthorization_IsUnauthorised", "GET /stashes\nAuthorization: Basic {agent_key}", 401)
        {
            As = "nobody",
            Code = "auth.required",
        },
        new("Caller_NamesItsAgent_ActsAsIt", "PUT /stash/a\nBaton-Agent: writer-1\n\nx", 201)
        {
            Has = ["\"created_by\":\"writer-1\""],
            Ledger = ["stash.put stash:a v1 by writer-1"],
        },
        new("Caller_BoundKeyNamesItsOwnAgent_ActsAsIt", "PUT /stash/a\nBaton-Agent: planner\n\nx", 201)
        {
            As = "planner",
            Ledger = ["stash.put stash:a v1 by planner"],
        },
        new("Caller_BoundKeyNamesAnotherAgent_IsRefusedAndRecorded", "PUT /stash/a\nBaton-Agent: other\n\nx", 403)
        {
            As = "planner",
            Code = "access.agent_mismatch",
            Ledger = ["stash.put stash:a by planner refused access.agent_mismatch"],
        },
        new("Caller_BadAgentName_IsInvalidHeader", "PUT /stash/a\nBaton-Agent: a b\n\nx", 400) { Code = "request.invalid_header" },
        new("Caller_NamesItsOwnWorkspace_IsServed", "GET /stashes\nBaton-Workspace: {name}", 200) { As = "admin" },
        new("Caller_NamesItsOwnWorkspaceById_IsServed", "GET /stashes\nBaton-Workspace: {workspace}", 200) { As = "reader" },
        new("Caller_NamesAnotherWorkspace_IsNotFound", "GET /stashes\nBaton-Workspace: default", 404)
        {
            As = "admin",
            Code = "workspace.not_found",
        },
        new("Caller_NamesNoWorkspace_IsNotFound", "GET /stashes\nBaton-Workspace: ws_nobody", 404) { As = "admin", Code = "workspace.not_found" },
        new("Caller_MinSeqOfNoNumber_IsInvalidHeader", "GET /stashes\nBaton-Min-Seq: now", 400) { Code = "request.invalid_header" },
        new("Caller_MinSeqReached_IsServed", "GET /stashes\nBaton-Min-Seq: 1", 200),
    ];
}
