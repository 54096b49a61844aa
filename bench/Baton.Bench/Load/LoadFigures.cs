namespace Baton.Bench.Load;

/// <summary>What a load generator saw in one run.</summary>
/// <param name="RequestsPerSecond">Answered.</param>
/// <param name="Requests">Answered in the run.</param>
/// <param name="MedianMs">Half of the answers came within it.</param>
/// <param name="P99Ms">99 of 100 answers came within it.</param>
/// <param name="AnswerBytes">Of one answer with its head, on average; 0 where the generator does not count it.</param>
internal sealed record LoadFigures(
    double RequestsPerSecond, long Requests, double MedianMs, double P99Ms, double AnswerBytes)
{
    /// <summary>From the time that each request took, in milliseconds.</summary>
    public static LoadFigures Of(List<double> times, TimeSpan duration)
    {
        times.Sort();
        return times.Count == 0
            ? throw new BenchException("nothing was answered")
            : new LoadFigures(
                times.Count / duration.TotalSeconds, times.Count, times[times.Count / 2], times[times.Count * 99 / 100],
                AnswerBytes: 0);
    }
}
