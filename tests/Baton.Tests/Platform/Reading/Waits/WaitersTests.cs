using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading.Waits;

namespace Baton.Tests.Platform.Reading.Waits;

/// <summary>A workspace makes as many keys as it likes: what they hold open together has a bound of its own.</summary>
public sealed class WaitersTests
{
    [Fact]
    public void Enter_WithManyKeys_IsBoundedForTheirWorkspaceAlone()
    {
        var waiters = new Waiters(maxPerKey: 2, maxPerWorkspace: 3);
        var places = Enumerable.Range(0, 3).Select(key => waiters.Enter(Caller("hostile", $"key{key}")).Value!).ToList();
        var refused = waiters.Enter(Caller("hostile", "key3")).Failure!;
        Assert.Equal("waiters.too_many", refused.Code.Code);
        Assert.Contains("keys of this workspace have, together, 3", refused.Detail, StringComparison.Ordinal);
        Assert.Equal(5, refused.RetryAfterSeconds);
        waiters.Enter(Caller("other", "key4")).Value!.Dispose();
        places[1].Dispose();
        places[1] = waiters.Enter(Caller("hostile", "key3")).Value!;
        places.ForEach(place => place.Dispose());
        Assert.Equal(0, waiters.Count);
    }

    [Fact]
    public void Enter_RefusedForOneBound_TakesNothingOfTheOther()
    {
        var waiters = new Waiters(maxPerKey: 1, maxPerWorkspace: 2);
        using var first = waiters.Enter(Caller("one", "a")).Value!;
        for (var time = 0; time < 5; time++)
            Assert.Contains("This key has 1", waiters.Enter(Caller("one", "a")).Failure!.Detail, StringComparison.Ordinal);
        Assert.Equal(1, waiters.Count);
        var second = waiters.Enter(Caller("one", "b")).Value!;
        Assert.NotNull(waiters.Enter(Caller("one", "c")).Failure);
        second.Dispose();
        waiters.Enter(Caller("one", "c")).Value!.Dispose();
    }

    static Actor Caller(string workspaceId, string keyId) =>
        new(workspaceId, AgentId: null, keyId, Role.Agent, workspaceId);
}
