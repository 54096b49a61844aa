namespace Baton.Bench.Load;

/// <summary>What a load generator saw in one run.</summary>
/// <param name="RequestsPerSecond">Answered.</param>
/// <param name="Requests">Answered in the run.</param>
/// <param name="MedianMs">Half of the answers came within it.</param>
/// <param name="P99Ms">99 of 100 answers came within it.</param>
/// <param name="AnswerBytes">Of one answer with its head, on average; 0 where the generator does not count it.</param>
internal sealed record LoadFigures(
    double RequestsPerSecond, long Requests, double MedianMs, double P99Ms, double AnswerBytes);
