using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits.Due;
using Baton.Server.Platform.Commits.Operations;
using FsCheck;
using FsCheck.Fluent;

namespace Baton.Tests.Harness;

/// <summary>A step of a sequence.</summary>
/// <param name="Requests">What is asked for in one batch.</param>
/// <param name="Seconds">Time that passes before.</param>
/// <param name="WorksOff">All is done that is due.</param>
internal sealed record LaneStep<TRequest>(IReadOnlyList<TRequest> Requests, long Seconds = 0, bool WorksOff = false)
{
    public override string ToString() => Seconds > 0 ? $"{Seconds} s pass"
        : WorksOff ? "what is due is done"
        : string.Join("\n  and ", Requests);
}

/// <summary>
/// A random sequence of requests, of time that passes and of what is due, decided by a lane in memory and by a model
/// beside it: both tell the same of every request, and hold the same after every step.
/// </summary>
internal abstract class LaneRun<TRequest>(BatonOptions options) : IDisposable
    where TRequest : class
{
    protected MemoryLane Lane { get; } = new(options);

    /// <summary>Checks many sequences; a failure tells the shortest that was found, and its seed.</summary>
    /// <param name="requests">Makes a request.</param>
    /// <param name="seconds">Times that may pass at once.</param>
    /// <param name="start">Begins with nothing there.</param>
    public static void Hold(Gen<TRequest> requests, long[] seconds, Func<LaneRun<TRequest>> start)
    {
        var steps = Gen.Frequency(
            (12, requests.ListOf().Resize(3).Select(list => new LaneStep<TRequest>([.. list]))),
            (3, Gen.Elements(seconds).Select(passed => new LaneStep<TRequest>([], passed))),
            (2, Gen.Constant(new LaneStep<TRequest>([], WorksOff: true))));
        Laws.HoldFor(steps, sequence =>
        {
            using var run = start();
            foreach (var step in sequence) run.Do(step);
        });
    }

    /// <summary>The version that a request asks for: see <see cref="Condition"/>.</summary>
    public static long? Asked(Condition condition, long present) => condition switch
    {
        Condition.Absent => 0,
        Condition.Present => present,
        Condition.Before => Math.Max(present - 1, 0),
        _ => null,
    };

    /// <summary>How often each condition is asked for.</summary>
    public static Gen<Condition> Conditions { get; } = Gen.Frequency(
        (6, Gen.Constant(Condition.None)), (1, Gen.Constant(Condition.Before)), (1, Gen.Constant(Condition.Absent)),
        (2, Gen.Constant(Condition.Present)));

    public void Dispose() => Lane.Dispose();

    /// <summary>The request with everything in it that depends on what is there now.</summary>
    protected abstract TRequest Complete(TRequest request);

    protected abstract Operation Make(TRequest request);

    /// <summary>What the model tells of a request, as <see cref="Decided.Told"/>.</summary>
    protected abstract string Apply(TRequest request, Decided decided);

    /// <summary>What the model tells of what is due.</summary>
    protected abstract string Happen(DueRow item);

    /// <summary>What is there is what the model has.</summary>
    protected abstract void Compare();

    void Do(LaneStep<TRequest> step)
    {
        Lane.Pass(step.Seconds);
        var requests = step.Requests.Select(Complete).ToList();
        var operations = requests.ConvertAll(Make);
        foreach (var decided in Lane.Decide(operations))
            Assert.Equal(Apply(requests[operations.IndexOf(decided.Operation)], decided), decided.Told);
        if (step.WorksOff)
        {
            foreach (var (item, decided) in Lane.WorkOff()) Assert.Equal(Happen(item), decided.Told);
        }

        Compare();
    }
}

/// <summary>The version that a request asks for, said by what is there when it is made.</summary>
internal enum Condition
{
    /// <summary>Any, or none.</summary>
    None,

    /// <summary>The one that it has.</summary>
    Present,

    /// <summary>The one before.</summary>
    Before,

    /// <summary>None: it must not be there.</summary>
    Absent,
}
