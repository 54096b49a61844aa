using Baton.Server.Platform.Access;
using Baton.Server.Platform.Identity;

namespace Baton.Tests.Platform.Access;

/// <summary>Who may see and write what: by workspace, by role, and by the rule of the type.</summary>
public sealed class PermissionsTests
{
    /// <summary>`stash` and `stashed` begin alike.</summary>
    static readonly Permissions s_permissions = new(
    [
        ("stash", AccessRule.Shared), ("stashed", AgentResource.Rule), ("schema", PrivateResource.Rule),
        ("state", AgentResource.Rule),
    ]);

    [Theory]
    // What the workspace shares.
    [InlineData("planner", "stash:plan", true, true)]
    [InlineData("unbound", "stash:plan", true, true)]
    [InlineData("reader", "stash:plan", true, false)]
    [InlineData("planner", "stash:critic/plan", true, true)]
    // What an agent keeps for itself and shows to all.
    [InlineData("planner", "state:planner/goal", true, true)]
    [InlineData("planner", "state:planner/", true, true)]
    [InlineData("planner", "state:planner", true, true)]
    [InlineData("planner", "state:planner/critic/goal", true, true)]
    [InlineData("planner", "state:critic/goal", true, false)]
    [InlineData("planner", "state:critic/planner", true, false)]
    [InlineData("planner", "state:plan/goal", true, false)]
    [InlineData("planner", "state:planner2/goal", true, false)]
    [InlineData("unbound", "state:critic/goal", true, true)]
    [InlineData("admin", "state:critic/goal", true, true)]
    [InlineData("reader", "state:planner/goal", true, false)]
    [InlineData("planner", "stashed:critic/goal", true, false)]
    // What can be private to its maker.
    [InlineData("planner", "schema:sch_1", true, true)]
    [InlineData("planner", "schema:sch_1/planner", true, true)]
    [InlineData("planner", "schema:sch_1/critic", false, true)]
    [InlineData("planner", "schema:planner/critic", false, true)]
    [InlineData("planner", "schema:sch_1/planner2", false, true)]
    [InlineData("unbound", "schema:sch_1/critic", false, true)]
    [InlineData("unbound", "schema:sch_1/planner", true, true)]
    [InlineData("reader", "schema:sch_1/key_1", true, false)]
    [InlineData("admin", "schema:sch_1/critic", true, true)]
    // What nobody has declared.
    [InlineData("planner", "memory:shared/mem_1", false, false)]
    [InlineData("unbound", "memory:shared/mem_1", false, false)]
    [InlineData("reader", "stas:plan", false, false)]
    [InlineData("planner", "stash", false, false)]
    [InlineData("planner", "Stash:plan", false, false)]
    [InlineData("admin", "memory:shared/mem_1", true, true)]
    public void Actor_OfARole_SeesAndWritesWhatTheRuleSays(string who, string resource, bool sees, bool writes)
    {
        var actor = Of(who);
        Assert.Equal(sees, s_permissions.Filter(actor, "w", "thing.read", resource));
        Assert.Equal(writes, s_permissions.May(actor, Role.Agent, "thing.write", resource));
    }

    [Theory]
    [InlineData("stash:plan")]
    [InlineData("memory:shared/mem_1")]
    [InlineData("schema:sch_1/planner")]
    public void Thing_OfAnotherWorkspace_IsThereForNobody(string resource)
    {
        Assert.False(s_permissions.Filter(Of("planner"), "other", "thing.read", resource));
        Assert.False(s_permissions.Filter(Of("admin"), "other", "thing.read", resource));
    }

    [Theory]
    [InlineData("reader", "stash:plan", "needs the role agent; this key has the role reader.")]
    [InlineData("planner", "state:critic/goal", "state:critic/goal is for that agent, for keys that are bound to no agent, and for admins.")]
    [InlineData("planner", "memory:m", "memory:m is for admins: this server does not know such things.")]
    public void Refusal_OfAWrite_SaysForWhomTheThingIs(string who, string resource, string reason)
    {
        var refusal = s_permissions.Denied(Of(who), Role.Agent, "thing.write", resource);
        Assert.Equal("access.denied", refusal.Code.Code);
        Assert.StartsWith("thing.write ", refusal.Detail, StringComparison.Ordinal);
        Assert.EndsWith(reason, refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Rule_OfAType_IsAskedWithTheActionAndTheThing()
    {
        var asked = new List<string>();
        var rule = new AccessRule
        {
            MaySee = (actor, action, thing) => Ask("see", actor, action, thing),
            MayWrite = (actor, action, thing) => Ask("write", actor, action, thing),
        };
        var permissions = new Permissions([("stash", AccessRule.Shared), ("note", rule)]);
        Assert.False(permissions.Filter(Of("planner"), "w", "note.read", "note:a/b"));
        Assert.False(permissions.May(Of("planner"), Role.Agent, "note.put", "note:"));
        Assert.True(permissions.Filter(Of("planner"), "w", "stash.read", "stash:note:a"));
        Assert.Equal(["see planner note.read a/b", "write planner note.put "], asked);

        bool Ask(string what, Actor actor, string action, ReadOnlySpan<char> thing)
        {
            asked.Add($"{what} {actor.Name} {action} {thing}");
            return false;
        }
    }

    static Actor Of(string who) => who switch
    {
        "planner" => new Actor("w", "planner", "key_1", Role.Agent, "w") { IsBound = true },
        "unbound" => new Actor("w", "planner", "key_1", Role.Agent, "w"),
        "reader" => new Actor("w", AgentId: null, "key_1", Role.Reader, "w"),
        _ => new Actor("w", AgentId: null, "key_1", Role.Admin, "w"),
    };
}
