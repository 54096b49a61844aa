using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;

namespace Baton.Server.Platform;

/// <summary>
/// What features bring to a server. Each adds its own before the start; what is here then does not change any more.
/// </summary>
internal sealed class Registrations
{
    readonly List<Func<CancellationToken, Task>> _startSteps = [];
    readonly List<(string Name, Func<CancellationToken, Task> Run)> _background = [];

    public DueKinds DueKinds { get; } = new();

    public OperationCatalogue Operations { get; } = new();

    public ReadCatalogue Reads { get; } = new();

    /// <summary>What opens requests by tickets; the feature of keys brings it.</summary>
    public ITickets? Tickets { get; set; }

    /// <summary>What is done before the first request, in this order, once the lane runs.</summary>
    public IReadOnlyList<Func<CancellationToken, Task>> StartSteps => _startSteps;

    /// <summary>Tasks that run from the start until the server stops, with what each of them does.</summary>
    public IReadOnlyList<(string Name, Func<CancellationToken, Task> Run)> Background => _background;

    /// <summary>Adds a step to what is done before the first request.</summary>
    public void AtStart(Func<CancellationToken, Task> step) => _startSteps.Add(step);

    /// <summary>Adds a task that runs from the start until the server stops.</summary>
    /// <param name="name">What it does, for the log.</param>
    /// <param name="run">The task; it ends when its token is cancelled.</param>
    public void InBackground(string name, Func<CancellationToken, Task> run) => _background.Add((name, run));
}
