namespace Baton.Bench;

/// <summary>How much is measured, and for how long.</summary>
internal sealed record BenchPlan
{
    public static readonly BenchPlan Full = new()
    {
        IsQuick = false,
        RoundCount = 5,
        RunTime = TimeSpan.FromSeconds(10),
        WarmUpTime = TimeSpan.FromSeconds(12),
        StoredCount = 1_000_000,
        StartCount = 5,
        Deadline = TimeSpan.FromMinutes(45),
        ValidationRoundCount = 15,
        ValidationRoundTime = TimeSpan.FromSeconds(1),
        ValidationWarmUpTime = TimeSpan.FromSeconds(5),
    };

    public static readonly BenchPlan Short = new()
    {
        IsQuick = true,
        RoundCount = 3,
        RunTime = TimeSpan.FromSeconds(3),
        WarmUpTime = TimeSpan.FromSeconds(5),
        StoredCount = 20_000,
        StartCount = 3,
        Deadline = TimeSpan.FromMinutes(12),
        ValidationRoundCount = 5,
        ValidationRoundTime = TimeSpan.FromSeconds(0.3),
        ValidationWarmUpTime = TimeSpan.FromSeconds(2),
    };

    public required bool IsQuick { get; init; }

    public required int RoundCount { get; init; }

    public required TimeSpan RunTime { get; init; }

    /// <summary>Long enough for the runtime to have compiled the hot paths twice over.</summary>
    public required TimeSpan WarmUpTime { get; init; }

    /// <summary>Stashes in the full store, the hot ones included.</summary>
    public required int StoredCount { get; init; }

    public required int StartCount { get; init; }

    /// <summary>The whole suite ends by then, with an error if need be.</summary>
    public required TimeSpan Deadline { get; init; }

    /// <summary>Of the schema suite, like the next two.</summary>
    public required int ValidationRoundCount { get; init; }

    public required TimeSpan ValidationRoundTime { get; init; }

    public required TimeSpan ValidationWarmUpTime { get; init; }

    public int ConnectionCount { get; } = 64;

    public int LoaderConnectionCount { get; } = 128;

    /// <summary>The names that PUT and GET spread over.</summary>
    public int HotNameCount { get; } = 10_000;

    public int BodyBytes { get; } = 200;

    /// <summary>Ledger entries that are verified and hashed.</summary>
    public int LedgerEntryCount { get; } = 200_000;

    public TimeSpan IdleTime { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Between runs: what the last one left to do is done before the next begins.</summary>
    public TimeSpan SettleTime { get; } = TimeSpan.FromMilliseconds(500);
}
