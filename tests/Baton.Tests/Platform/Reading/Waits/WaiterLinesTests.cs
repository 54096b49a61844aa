using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Reading.Waits;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Tests.Platform.Reading.Waits;

/// <summary>Who is woken when something can be taken: one for each, in order, and none is lost.</summary>
public sealed class WaiterLinesTests
{
    static readonly (string Namespace, string Wanted) s_target = ("jobs", "pending");

    readonly WaiterLines<(string Namespace, string Wanted)> _waiters = new(follow: null, NewBackground());

    [Fact]
    public void Freed_WhileSeveralWait_WakesTheFirstOfThem()
    {
        using var first = _waiters.Enter(s_target);
        using var second = _waiters.Enter(s_target);
        using var other = _waiters.Enter(s_target with { Wanted = "done" });
        _waiters.Freed(s_target);
        Assert.Equal((true, false, false), (IsWoken(first), IsWoken(second), IsWoken(other)));
        _waiters.Freed(s_target);
        Assert.True(IsWoken(second));
    }

    [Fact]
    public void Woken_ThatLooksAndTakes_WakesNobodyElse()
    {
        using var second = Follow(waiter =>
        {
            _waiters.Freed(s_target);
            waiter.BeginLook();
            waiter.EndLook(hasTaken: true);
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
    public void Woken_DuringALookThatTakes_PassesItOn()
    {
        using var second = Follow(waiter =>
        {
            waiter.BeginLook();
            _waiters.Freed(s_target);
            waiter.EndLook(hasTaken: true);
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
        waiter.EndLook(hasTaken: false);
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
        waiter.EndLook(hasTaken: false);
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
        first.EndLook(hasTaken: false);
        second.EndLook(hasTaken: false);
        Assert.True(IsWoken(first) && IsWoken(second));
    }

    [Fact]
    public void FreedAll_OfSomeLines_WakesAllInThem()
    {
        using var first = _waiters.Enter(s_target);
        using var second = _waiters.Enter(s_target with { Wanted = "done" });
        using var elsewhere = _waiters.Enter(s_target with { Namespace = "other" });
        _waiters.FreedAll(target => target.Namespace == "jobs");
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

    /// <summary>What another server commits is known by its entry alone.</summary>
    [Fact]
    public async Task News_OfAnotherServer_WakeTheFirstWhoWaitsForIt()
    {
        var news = new Dictionary<(string Namespace, string Wanted), News>();
        var lines = new WaiterLines<(string Namespace, string Wanted)>(key => news[key] = new News(), NewBackground());
        using var first = lines.Enter(s_target);
        using var second = lines.Enter(s_target with { Wanted = "done" });
        news[s_target].Wake();
        Assert.True(await first.WaitAsync(TimeSpan.FromSeconds(20), CancellationToken.None));
        Assert.False(IsWoken(second));
    }

    /// <summary>One entry of another server may tell of several things.</summary>
    [Fact]
    public void Taken_WhereOtherServersCommit_WakesTheNext()
    {
        var made = new List<News>();
        var lines = new WaiterLines<(string Namespace, string Wanted)>(
            _ =>
            {
                made.Add(new News());
                return made[^1];
            }, NewBackground());
        var first = lines.Enter(s_target);
        var second = lines.Enter(s_target);
        first.BeginLook();
        first.EndLook(hasTaken: true);
        first.Dispose();
        Assert.True(IsWoken(second));
        Assert.False(made[0].IsGone);
        second.Dispose();
        Assert.All(made, news => Assert.True(news.IsGone));
    }

    /// <summary>What a line holds to end its following must not outlive it.</summary>
    [Fact]
    public void Line_NobodyStandsIn_HoldsNoSourceOfCancellation()
    {
        var silence = new Silence();
        var lines = new WaiterLines<(string Namespace, string Wanted)>(_ => silence, NewBackground());
        lines.Enter(s_target).Dispose();
        Assert.True(silence.Ending.IsCancellationRequested);
        Assert.Throws<ObjectDisposedException>(() => silence.Ending.WaitHandle);
    }

    /// <summary>A second one in the line, after the first has done something and left.</summary>
    WaiterLines<(string Namespace, string Wanted)>.Waiter Follow(
        Action<WaiterLines<(string Namespace, string Wanted)>.Waiter> first)
    {
        var waiter = _waiters.Enter(s_target);
        var second = _waiters.Enter(s_target);
        first(waiter);
        waiter.Dispose();
        return second;
    }

    static Background NewBackground() => new(NullLogger<Background>.Instance, CancellationToken.None);

    static bool IsWoken(WaiterLines<(string Namespace, string Wanted)>.Waiter waiter)
    {
        var looked = waiter.WaitAsync(TimeSpan.Zero, CancellationToken.None);
        return looked.IsCompletedSuccessfully && looked.Result;
    }

    sealed class News : Signal
    {
        public bool IsGone { get; private set; }

        public override void Dispose()
        {
            IsGone = true;
            base.Dispose();
        }
    }

    /// <summary>Wakes nobody, and tells what ends the wait for it.</summary>
    sealed class Silence : IWakeUp
    {
        readonly TaskCompletionSource<bool> _never = new();

        public CancellationToken Ending { get; private set; }

        public async ValueTask<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellation)
        {
            Ending = cancellation;
            return await _never.Task.WaitAsync(cancellation);
        }

        public void Dispose()
        {
        }
    }
}
