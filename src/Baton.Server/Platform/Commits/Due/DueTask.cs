using System.Globalization;
using Baton.Server.Platform.Basics.Time;

namespace Baton.Server.Platform.Commits.Due;

/// <summary>
/// An item that could not be done and is tried again later. A row of its own kind stands for it in the queue, so that
/// every server knows of it, also after a restart. Its resource has four lines: the attempts, and the item's own time,
/// kind and resource.
/// </summary>
/// <param name="Item">The item as its feature wrote it.</param>
/// <param name="Stored">The row that stands for it in the queue.</param>
/// <param name="Attempts">How often it failed.</param>
internal readonly record struct DueTask(DueRow Item, DueRow Stored, int Attempts)
{
    public const string AsideKind = "due.aside";

    /// <summary>The pause after the first failure; it doubles after each further one.</summary>
    const long FirstPauseMicros = 5 * Micros.PerSecond;

    /// <summary>The longest pause: an hour.</summary>
    const long MaxPauseMicros = 3600 * Micros.PerSecond;

    public static DueTask Of(DueRow stored)
    {
        if (stored.Kind != AsideKind) return new DueTask(stored, stored, Attempts: 0);
        var parts = stored.Resource.Split('\n', 4);
        // A row that cannot be read is an item of a kind that nobody knows.
        return parts.Length == 4
            && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var attempts)
            && long.TryParse(parts[1], CultureInfo.InvariantCulture, out var dueAt)
            ? new DueTask(stored with { DueAt = dueAt, Kind = parts[2], Resource = parts[3] }, stored, attempts)
            : new DueTask(stored, stored, Attempts: 0);
    }

    /// <summary>The row that stands for the item after one more failure.</summary>
    public DueRow Later(long now)
    {
        var pause = Math.Min(FirstPauseMicros << Math.Min(Attempts, 32), MaxPauseMicros);
        return new DueRow(Item.WorkspaceId, now + pause, AsideKind, string.Create(
            CultureInfo.InvariantCulture, $"{Attempts + 1}\n{Item.DueAt}\n{Item.Kind}\n{Item.Resource}"));
    }
}
