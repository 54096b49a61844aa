using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits.Due;

namespace Baton.Tests.Platform.Commits.Due;

/// <summary>How an item that failed stands in the queue, and for how long.</summary>
public sealed class DueTaskTests
{
    [Theory]
    [InlineData("store.expire", "a namespace\na key")]
    [InlineData("idempotency.sweep", "")]
    [InlineData("store.erase", "n\n")]
    [InlineData("due.aside", "what nobody can read")]
    public void Aside_ReadAgain_IsTheSameItem(string kind, string resource)
    {
        var item = new DueRow("ws", 17, kind, resource);
        var task = DueTask.Of(item);
        for (var attempt = 1; attempt <= 100; attempt++)
        {
            var stored = task.Later(now: 1000);
            task = DueTask.Of(stored);
            Assert.Equal((item, stored, attempt), (task.Item, task.Stored, task.Attempts));
        }
    }

    [Fact]
    public void Pauses_OfOneThatFailsForEver_DoubleUpToAnHour()
    {
        var task = DueTask.Of(new DueRow("ws", 17, "store.expire", "n\nk"));
        var pauses = new List<long>();
        for (var attempt = 1; attempt <= 100; attempt++)
        {
            task = DueTask.Of(task.Later(now: 0));
            pauses.Add(task.Stored.DueAt / Micros.PerSecond);
        }

        Assert.Equal([5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600], pauses.Take(12));
        Assert.All(pauses.Skip(12), pause => Assert.Equal(3600, pause));
    }

    [Fact]
    public void Pauses_OfAWorkspace_DoubleUpToAMinute()
    {
        var pause = default(DuePause);
        for (var count = 0; count < 100; count++)
        {
            pause = pause.Longer(now: 1);
            Assert.Equal(1 + (Micros.PerSecond * (count < 6 ? 1L << count : 60)), pause.Until);
        }
    }
}
