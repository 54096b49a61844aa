using System.Globalization;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits.Lane;

namespace Baton.Server.Platform.Commits.Due;

/// <summary>
/// An item that could not be done and is tried again later. In the queue a row of its own kind stands for it, so that
/// every server knows of it, also after a restart: `attempts`, and the item's own time, kind and resource, by lines.
/// </summary>
/// <param name="Item">The item as its feature wrote it.</param>
/// <param name="Stored">The row that stands for it in the queue.</param>
/// <param name="Attempts">How often it failed.</param>
internal readonly record struct DueTask(DueRow Item, DueRow Stored, int Attempts)
{
    public const string AsideKind = "due.aside";

    /// <summary>The pause after the first failure; after each that follows it doubles.</summary>
    const long FirstPauseMicros = 5 * Micros.PerSecond;

    /// <summary>An hour: the longest pause.</summary>
    const long MaxPauseMicros = 3600 * Micros.PerSecond;

    public static DueTask Of(DueRow stored)
    {
        if (stored.Kind != AsideKind) return new DueTask(stored, stored, Attempts: 0);
        var parts = stored.Resource.Split('\n', 4);
        // One that nobody can read is an item of a kind that nobody knows.
        return parts.Length == 4
            && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var attempts)
            && long.TryParse(parts[1], CultureInfo.InvariantCulture, out var dueAt)
            ? new DueTask(stored with { DueAt = dueAt, Kind = parts[2], Resource = parts[3] }, stored, attempts)
            : new DueTask(stored, stored, Attempts: 0);
    }

    /// <summary>The row that stands for it after one more failure.</summary>
    public DueRow Later(long now)
    {
        var pause = Math.Min(FirstPauseMicros << Math.Min(Attempts, 32), MaxPauseMicros);
        return new DueRow(Item.WorkspaceId, now + pause, AsideKind, string.Create(
            CultureInfo.InvariantCulture, $"{Attempts + 1}\n{Item.DueAt}\n{Item.Kind}\n{Item.Resource}"));
    }
}

/// <summary>A workspace in which not even setting aside is possible: until when it has no turn.</summary>
/// <param name="Until">In lane micros; 0: it has its turn.</param>
/// <param name="Count">How often in a row.</param>
internal readonly record struct DuePause(long Until, int Count)
{
    const long FirstMicros = Micros.PerSecond;

    /// <summary>A minute.</summary>
    const long MaxMicros = 60 * Micros.PerSecond;

    public DuePause Longer(long now) => new(now + Math.Min(FirstMicros << Math.Min(Count, 32), MaxMicros), Count + 1);
}

/// <summary>Puts an item that failed out of the way of the others. Not in the ledger.</summary>
internal sealed class SetAside(DueTask task) : Operation
{
    public override string Name => DueTask.AsideKind;

    public override string Resource => task.Item.Resource;

    public override void Reads(ReadSet reads) => reads.Add(
        DueRow.Table, new DueKey(
            task.Stored.WorkspaceId, task.Stored.DueAt, task.Stored.Kind, task.Stored.Resource));

    public override Outcome<Effect> Decide(UnitOfWork work)
    {
        var stored = task.Stored;
        var key = new DueKey(stored.WorkspaceId, stored.DueAt, stored.Kind, stored.Resource);
        // What it was about has changed meanwhile, so that it is not due any more.
        if (work.Get(DueRow.Table, key) is null) return new Effect(Answer: null);
        var later = task.Later(work.Now);
        work.Unschedule(stored.DueAt, stored.Kind, stored.Resource);
        work.Schedule(later.DueAt, later.Kind, later.Resource);
        return new Effect(Answer: null);
    }
}
