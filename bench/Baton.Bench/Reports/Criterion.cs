namespace Baton.Bench.Reports;

/// <summary>One promise: a figure, and the bound it keeps or misses.</summary>
internal sealed record Criterion
{
    public required string Measure { get; init; }

    public required double Figure { get; init; }

    /// <summary>What must be reached (or, if <see cref="IsUpperBound"/>, not be reached).</summary>
    public required double Target { get; init; }

    public required bool IsUpperBound { get; init; }

    /// <summary>What is hoped for beyond the target; null where the target is all.</summary>
    public required double? Aim { get; init; }

    public bool IsMet => IsUpperBound ? Figure < Target : Figure >= Target;

    public static Criterion AtLeast(string measure, double figure, double target, double? aim = null) =>
        new() { Measure = measure, Figure = figure, Target = target, IsUpperBound = false, Aim = aim };

    public static Criterion Below(string measure, double figure, double target) =>
        new() { Measure = measure, Figure = figure, Target = target, IsUpperBound = true, Aim = null };
}
