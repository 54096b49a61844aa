using Baton.Bench.Ledger;
using Baton.Bench.Load;
using Baton.Bench.Reports;

namespace Baton.Bench.Stashes;

/// <summary>The ids of what is put under load.</summary>
internal static class StashSubjects
{
    public const string Put = "put";
    public const string RedisSet = "redis_set";
    public const string EtcdPut = "etcd_put";
    public const string BarePut = "bare_put";
    public const string FullPut = "put_full";
    public const string Get = "get";
    public const string BareGet = "bare_get";
    public const string FullGet = "get_full";
}

/// <summary>Everything that the stash suite measured.</summary>
internal sealed record StashFigures
{
    public required Machine Machine { get; init; }

    public required IReadOnlyDictionary<string, Series> Load { get; init; }

    public required FullStoreFigures FullStore { get; init; }

    public required LedgerFigures Ledger { get; init; }

    public required StartFigures Start { get; init; }
}

/// <summary>The store that holds many stashes.</summary>
/// <param name="StoredCount">Stashes in it.</param>
/// <param name="LoadSeconds">How long it took to put them there.</param>
/// <param name="ResidentBytes">The most seen after loading and after each run.</param>
/// <param name="PeakBytes">The most that the process ever had, loading included.</param>
internal sealed record FullStoreFigures(long StoredCount, double LoadSeconds, long ResidentBytes, long PeakBytes);

/// <summary>Starts on the database of the full store.</summary>
/// <param name="ReadySeconds">Start of the process to the line that says it is ready, each start.</param>
/// <param name="IdleResidentBytes">After the last start and a while without any request.</param>
internal sealed record StartFigures(IReadOnlyList<double> ReadySeconds, long IdleResidentBytes);
