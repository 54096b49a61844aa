using Baton.Server.Features.Store.Claims;
using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Platform.Basics;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Tests.Features.Store.Claims;

/// <summary>Who is woken when something can be claimed: one for each, in order, and none is lost.</summary>
public sealed class ClaimWaitersTests
{
    static readonly ClaimTarget s_target = new("ws", "jobs", ClaimTarget.NameOf("", ["/status"]), "pending");

    readonly ClaimWaiters _waiters = new(
        follow: null, new Background(NullLogger<Background>.Instance, CancellationToken.None));

    [Fact]
    public void Freed_WhileSeveralWait_WakesTheFirstOfThem()
    {
        using var first = _waiters.Enter(s_target);
        using var second = _waiters.Enter(s_target);
        using var other = _waiters.Enter(s_target with { Matched = "done" });
        _waiters.Freed(s_target);
        Assert.Equal((true, false, false), (IsWoken(first), IsWoken(second), IsWoken(other)));
        _waiters.Freed(s_target);
        Assert.True(IsWoken(second));
    }

    [Fact]
    public void Woken_ThatLooksAndClaims_WakesNobodyElse()
    {
        using var second = Follow(waiter =>
        {
            _waiters.Freed(s_target);
            waiter.BeginLook();
            waiter.EndLook(hasClaimed: true);
        });
        Assert.False(IsWoken(second));
    }

    [Fact]
    public void Woken_ThatNeverLooks_PassesItOn()
    {
        using var second = Follow(waiter => _waiters.Freed(s_target));
        Assert.True(IsWoken(second));
    }

    [Fact]
    public void Woken_ThatFailsWhileItLooks_PassesItOn()
    {
        using var second = Follow(waiter =>
        {
            _waiters.Freed(s_target);
            waiter.BeginLook();
        });
        Assert.True(IsWoken(second));
    }

    [Fact]
    public void Woken_DuringALookThatClaims_PassesItOn()
    {
        using var second = Follow(waiter =>
        {
            waiter.BeginLook();
            _waiters.Freed(s_target);
            waiter.EndLook(hasClaimed: true);
        });
        Assert.True(IsWoken(second));
    }

    [Fact]
    public void Woken_ThatLookedInVain_IsWokenForTheNext()
    {
        using var waiter = _waiters.Enter(s_target);
        _waiters.Freed(s_target);
        Assert.True(IsWoken(waiter));
        waiter.BeginLook();
        waiter.EndLook(hasClaimed: false);
        Assert.False(IsWoken(waiter));
        _waiters.Freed(s_target);
        Assert.True(IsWoken(waiter));
    }

    /// <summary>What came free after its look had begun, when nobody else was left to be woken.</summary>
    [Fact]
    public void Woken_DuringALookInVain_LooksOnceMore()
    {
        using var waiter = _waiters.Enter(s_target);
        _waiters.Freed(s_target);
        Assert.True(IsWoken(waiter));
        waiter.BeginLook();
        _waiters.Freed(s_target);
        waiter.EndLook(hasClaimed: false);
        Assert.True(IsWoken(waiter));
    }

    [Fact]
    public void Freed_TwiceWhileAllLook_LeavesNeitherToNobody()
    {
        using var first = _waiters.Enter(s_target);
        using var second = _waiters.Enter(s_target);
        _waiters.Freed(s_target);
        _waiters.Freed(s_target);
        Assert.True(IsWoken(first) && IsWoken(second));
        first.BeginLook();
        second.BeginLook();
        _waiters.Freed(s_target);
        _waiters.Freed(s_target);
        first.EndLook(hasClaimed: false);
        second.EndLook(hasClaimed: false);
        Assert.True(IsWoken(first) && IsWoken(second));
    }

    [Fact]
    public void Namespace_ThatAppears_WakesAllWhoWaitInIt()
    {
        using var first = _waiters.Enter(s_target);
        using var second = _waiters.Enter(s_target with { Matched = "done" });
        using var elsewhere = _waiters.Enter(s_target with { Namespace = "other" });
        _waiters.Appeared(new NamespaceKey("ws", "jobs"));
        Assert.Equal((true, true, false), (IsWoken(first), IsWoken(second), IsWoken(elsewhere)));
    }

    [Fact]
    public void Any_WhileSomebodyWaits_IsTrue()
    {
        Assert.False(_waiters.Any);
        using (_waiters.Enter(s_target)) Assert.True(_waiters.Any);
        Assert.False(_waiters.Any);
        _waiters.Freed(s_target);
    }

    /// <summary>A second one in the line, after the first has done something and left.</summary>
    ClaimWaiters.Waiter Follow(Action<ClaimWaiters.Waiter> first)
    {
        var waiter = _waiters.Enter(s_target);
        var second = _waiters.Enter(s_target);
        first(waiter);
        waiter.Dispose();
        return second;
    }

    static bool IsWoken(ClaimWaiters.Waiter waiter)
    {
        var looked = waiter.WaitAsync(TimeSpan.Zero, CancellationToken.None);
        return looked.IsCompletedSuccessfully && looked.Result;
    }
}
