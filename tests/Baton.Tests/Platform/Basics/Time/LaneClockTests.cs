using Baton.Server.Platform.Basics.Time;
using Baton.ServerTests.Harness;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Tests.Platform.Basics.Time;

public sealed class LaneClockTests
{
    readonly TestTime _time = new();

    [Fact]
    public void Now_WhateverTheMachinesClockDoes_NeverGoesBackAndNeverStandsStill() => Laws.Hold(
        (from passed in Gen.Elements(0L, 1L, 2L, 1_000L, 1_000_000L, 90_000_000L, 400_000_000L)
         from set in Gen.Elements(0L, 0L, -1L, 500_000L, -30_000_000L, 30_000_000L, -7_200_000_000L, 7_200_000_000L)
         select (passed, set)).ListOf(40), steps =>
    {
        var time = new TestTime();
        var clock = Started(time);
        var (last, sinceLast) = (clock.Now(), 0L);
        foreach (var (passed, set) in steps)
        {
            time.Pass(TimeSpan.FromMicroseconds(passed));
            time.SetClock(TimeSpan.FromMicroseconds(set));
            var now = clock.Now();
            Assert.True(now >= last, "It went back.");
            // At half speed, and never slower.
            sinceLast += passed;
            Assert.True(now - last >= (passed / 2) - 1, $"{passed} µs passed, and it moved by {now - last}.");
            last = now;
        }
    });

    [Fact]
    public void Now_InSmallSteps_LosesNoTime()
    {
        var clock = Started(_time);
        _time.SetClock(TimeSpan.FromSeconds(-10));
        var start = clock.Now();
        for (var step = 0; step < 10_000; step++)
        {
            _time.Pass(TimeSpan.FromMicroseconds(1));
            clock.Now();
        }

        Assert.Equal(start + 5_000, clock.Now());
    }

    [Fact]
    public void Start_WithANewerStoredTime_BeginsBehindIt()
    {
        var stored = Wall(_time) + 5_000_000;
        var clock = Started(_time, stored);
        Assert.Equal(stored + 1, clock.Now());
        _time.Pass(TimeSpan.FromSeconds(4));
        Assert.Equal(stored + 1 + 2_000_000, clock.Now());
        _time.Pass(TimeSpan.FromSeconds(60));
        Assert.Equal(Wall(_time), clock.Now());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public void Now_AClockALittleAhead_IsFollowedAtOnce(int seconds)
    {
        var clock = Started(_time);
        _time.SetClock(TimeSpan.FromSeconds(seconds));
        Assert.Equal(Wall(_time), clock.Now());
        Assert.False(clock.InDoubt);
    }

    [Fact]
    public void Now_AClockFarAhead_IsFollowedAfterFiveMinutes()
    {
        var clock = Started(_time);
        var start = clock.Now();
        _time.SetClock(TimeSpan.FromSeconds(61));
        Assert.Equal(start, clock.Now());
        Assert.True(clock.InDoubt);
        _time.Pass(TimeSpan.FromSeconds(299));
        Assert.Equal(start + 299_000_000, clock.Now());
        Assert.True(clock.InDoubt);
        _time.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(Wall(_time), clock.Now());
        Assert.False(clock.InDoubt);
    }

    [Fact]
    public void Now_AClockFarAheadThatComesBack_IsForgotten()
    {
        var clock = Started(_time);
        var start = clock.Now();
        _time.SetClock(TimeSpan.FromDays(1));
        clock.Now();
        _time.Pass(TimeSpan.FromSeconds(200));
        clock.Now();
        _time.SetClock(TimeSpan.FromDays(-1));
        Assert.Equal(start + 200_000_000, clock.Now());
        Assert.False(clock.InDoubt);
        // The next doubt begins anew.
        _time.SetClock(TimeSpan.FromDays(1));
        clock.Now();
        _time.Pass(TimeSpan.FromSeconds(200));
        Assert.Equal(start + 400_000_000, clock.Now());
        Assert.True(clock.InDoubt);
    }

    [Fact]
    public void Now_AClockSetBack_GoesOnAtHalfSpeed()
    {
        var clock = Started(_time);
        var start = clock.Now();
        _time.SetClock(TimeSpan.FromSeconds(-30));
        _time.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal(start + 5_000_000, clock.Now());
        _time.Pass(TimeSpan.FromSeconds(50));
        Assert.Equal(start + 30_000_000, clock.Now());
        Assert.Equal(Wall(_time), clock.Now());
    }

    static LaneClock Started(TestTime time, long stored = 0)
    {
        var clock = new LaneClock(time, NullLogger<LaneClock>.Instance);
        clock.Start(stored);
        return clock;
    }

    static long Wall(TestTime time) => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10;
}
