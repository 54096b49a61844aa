using Baton.Bench.Processes;

namespace Baton.Bench.Load;

/// <summary>Something that is put under load.</summary>
/// <param name="Id">Names it in the results.</param>
/// <param name="Title">Names it for people.</param>
/// <param name="ProcessId">The server's.</param>
/// <param name="LoadAsync">One run of the given length.</param>
internal sealed record Subject(
    string Id, string Title, int ProcessId, Func<TimeSpan, CancellationToken, Task<LoadFigures>> LoadAsync);

/// <summary>One counted run.</summary>
/// <param name="Load">What the load generator saw.</param>
/// <param name="CpuMicros">Processor time of the server per request.</param>
/// <param name="WrittenBytes">What the server made the disk write, per request.</param>
/// <param name="ResidentBytes">Memory of the server right after.</param>
internal sealed record Run(LoadFigures Load, double CpuMicros, double WrittenBytes, long ResidentBytes);

/// <summary>All counted runs of a subject.</summary>
internal sealed record Series(string Id, string Title, IReadOnlyList<Run> Runs)
{
    public double MedianPerSecond { get; } = Median.Of(Runs.Select(run => run.Load.RequestsPerSecond));
}

/// <summary>Runs subjects in turns, so that whatever else the machine does hits all of them alike.</summary>
internal sealed class LoadRounds(BenchPlan plan, TextWriter progress)
{
    /// <summary>One warm-up of each, then A B C, A B C, …</summary>
    public async Task<IReadOnlyDictionary<string, Series>> RunAsync(
        IReadOnlyList<Subject> subjects, CancellationToken cancellation)
    {
        foreach (var subject in subjects)
        {
            await progress.WriteLineAsync($"warming up: {subject.Title}");
            _ = await subject.LoadAsync(plan.WarmUpTime, cancellation);
        }

        var runs = subjects.ToDictionary(subject => subject.Id, _ => new List<Run>());
        for (var round = 1; round <= plan.RoundCount; round++)
        {
            foreach (var subject in subjects)
            {
                await Task.Delay(plan.SettleTime, cancellation);
                var run = await RunOnceAsync(subject, cancellation);
                runs[subject.Id].Add(run);
                await progress.WriteLineAsync(
                    $"round {round} of {plan.RoundCount}: {subject.Title}: {run.Load.RequestsPerSecond:F0}/s");
            }
        }
        return subjects.ToDictionary(
            subject => subject.Id, subject => new Series(subject.Id, subject.Title, runs[subject.Id]));
    }

    async Task<Run> RunOnceAsync(Subject subject, CancellationToken cancellation)
    {
        var before = ProcessFigures.Read(subject.ProcessId);
        var load = await subject.LoadAsync(plan.RunTime, cancellation);
        var after = ProcessFigures.Read(subject.ProcessId);
        return new Run(
            load,
            (after.CpuSeconds - before.CpuSeconds) * 1e6 / load.Requests,
            (double)(after.WrittenBytes - before.WrittenBytes) / load.Requests,
            after.ResidentBytes);
    }
}
