using System.Net;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Access;

/// <summary>Every route of the server with every role, and with none: the table is the server's own.</summary>
public sealed class RoleTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    static readonly string[] s_roles = ["reader", "agent", "admin", "server"];

    [Fact]
    public async Task Route_WithEveryRole_ServesTheLeastRoleAndAbove()
    {
        foreach (var route in fixture.Server.Routes)
        {
            var world = await World.NewAsync(fixture.Server);
            await world["admin"].AskAsync("PUT /stash/a\n\na");
            await world["admin"].AskAsync("POST /schema\n\n{\"name\":\"form\",\"definition\":{}}");
            for (var role = 0; role < s_roles.Length; role++)
            {
                var isServed = route.Spec.Role is not { } least || role >= (int)least;
                await CheckAsync(world, route, s_roles[role], isServed);
            }
        }
    }

    [Fact]
    public async Task Route_WithoutKey_AsksForOne()
    {
        var world = await World.NewAsync(fixture.Server);
        foreach (var route in fixture.Server.Routes)
        {
            var before = world.Head;
            using var answer = await world["nobody"].SendAsync(world.Fill(Samples.Of(route)));
            if (route.Spec.Role is null) Assert.True(answer.IsSuccessStatusCode, route.Spec.Action);
            else await Problems.CheckAsync(answer, "auth.required");
            Assert.Equal(before, world.Head);
        }
    }

    [Fact]
    public void Route_ByAction_IsUnique() =>
        Assert.Equal(
            fixture.Server.Routes.Count, fixture.Server.Routes.Select(route => route.Spec.Action).Distinct().Count());

    static async Task CheckAsync(World world, Route route, string role, bool isServed)
    {
        var before = world.Head;
        using var answer = await world[role].SendAsync(world.Fill(Samples.Of(route)));
        if (isServed)
        {
            Assert.True(
                answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) && (int)answer.StatusCode < 500,
                $"{route.Spec.Action} as {role} was answered {(int)answer.StatusCode}");
            return;
        }

        await Problems.CheckAsync(answer, "access.denied");
        var entry = Assert.Single(await world.EntriesAsync(before));
        Assert.StartsWith(route.Spec.Action + " ", entry, StringComparison.Ordinal);
        Assert.EndsWith(" refused access.denied", entry, StringComparison.Ordinal);
        Assert.Equal(role == "server" ? Role.Server : Enum.Parse<Role>(role, ignoreCase: true), Roles.Parse(role));
    }
}

/// <summary>A good request for every route.</summary>
internal static class Samples
{
    static readonly Dictionary<string, string> s_byAction = new()
    {
        ["server.info"] = "GET /",
        ["server.alive"] = "GET /healthz",
        ["server.ready"] = "GET /readyz",
        ["server.openapi"] = "GET /openapi/v1.json",
        ["key.create"] = "POST /keys\n\n{\"name\":\"k\",\"role\":\"reader\"}",
        ["key.list"] = "GET /keys",
        ["key.revoke"] = "DELETE /keys/{planner_id}",
        ["key.rotate"] = "POST /keys/{planner_id}/rotate\n\n{}",
        ["workspace.create"] = "POST /workspaces\n\n{\"name\":\"{name}-sample\"}",
        ["workspace.list"] = "GET /workspaces",
        ["ticket.create"] = "POST /tickets\n\n{\"path\":\"/events\"}",
        ["events.read"] = "GET /events",
        ["ledger.head"] = "GET /ledger/head",
        ["ledger.verify"] = "GET /ledger/verify",
        ["stash.put"] = "PUT /stash/a\n\na",
        ["stash.read"] = "GET /stash/a",
        ["stash.delete"] = "DELETE /stash/a",
        ["stash.append"] = "PATCH /stash/a/append\n\na",
        ["stash.replace"] = "PATCH /stash/a/replace\n\n{\"old\":\"a\",\"new\":\"b\",\"all\":true}",
        ["stash.versions"] = "GET /stash/a/versions",
        ["stash.lineage"] = "GET /stash/a/lineage",
        ["stash.list"] = "GET /stashes",
        ["schema.create"] = "POST /schema\n\n{\"name\":\"form\",\"definition\":true}",
        ["schema.read"] = "GET /schema/form",
        ["schema.versions"] = "GET /schema/form/versions",
        ["schema.list"] = "GET /schemas",
        ["schema.validate"] = "POST /schema/form/validate\n\n1",
        ["schema.delete"] = "DELETE /schema/sch_0",
        ["discovery.list"] = "GET /discover",
        ["stream.create"] = "POST /stream\n\n{\"name\":\"log\",\"create_if_missing\":true,\"ttl\":60}",
        ["stream.list"] = "GET /streams",
        ["stream.append"] = "POST /stream/log\n\n{\"data\":1}",
        ["stream.read"] = "GET /stream/log",
        ["stream.extend"] = "PATCH /stream/log\n\n{\"extra_time\":1}",
        ["stream.delete"] = "DELETE /stream/log",
        ["stream.latest"] = "GET /stream/log/latest",
        ["stream.join"] = "GET /stream/log/join?count=1&timeout=0",
        ["stream.cursors"] = "GET /stream/log/cursors",
        ["stream.set_cursor"] = "PUT /stream/log/cursors/me\n\n{\"entry_id\":0}",
        ["stream.remove_cursor"] = "DELETE /stream/log/cursors/me",
        ["store.set"] = "PUT /store/n/a\nContent-Type: application/json\n\n1",
        ["store.read"] = "GET /store/n/a",
        ["store.patch"] = "PATCH /store/n/a\n\n{\"set\":{\"\":1},\"init\":0}",
        ["store.delete"] = "DELETE /store/n/a",
        ["store.list"] = "GET /store/n",
        ["store.set_many"] = "POST /store/n\n\n{\"set\":{\"a\":1}}",
        ["store.get_many"] = "POST /store/n/get\n\n{\"keys\":[\"a\"]}",
        ["store.clear"] = "POST /store/n/clear",
        ["state.set"] = "PUT /state/planner/a\nContent-Type: application/json\n\n1",
        ["state.read"] = "GET /state/planner/a",
        ["state.patch"] = "PATCH /state/planner/a\n\n{\"set\":{\"\":1},\"init\":0}",
        ["state.delete"] = "DELETE /state/planner/a",
        ["state.list"] = "GET /state/planner",
        ["state.set_many"] = "POST /state/planner\n\n{\"set\":{\"a\":1}}",
        ["state.get_many"] = "POST /state/planner/get\n\n{\"keys\":[\"a\"]}",
        ["state.clear"] = "POST /state/planner/clear",
        ["store.namespaces"] = "GET /store",
        ["store.search"] = "GET /search/store?q=a",
        ["store.claim"] = "POST /store/n/claim\n\n{\"lease_seconds\":1}",
        ["store.renew"] = "POST /claim/clm_0/renew\n\n{\"lease_seconds\":1}",
        ["store.complete"] = "POST /claim/clm_0/complete\n\n{}",
        ["store.release"] = "POST /claim/clm_0/release",
        ["transaction.run"] = "POST /transaction\n\n{\"operations\":[{\"op\":\"stash.put\",\"name\":\"a\",\"content\":\"a\"}]}",
    };

    public static string Of(Route route)
    {
        Assert.True(s_byAction.ContainsKey(route.Spec.Action), $"Give a sample request for the new route {route.Method} {route.Path}.");
        return s_byAction[route.Spec.Action];
    }
}
