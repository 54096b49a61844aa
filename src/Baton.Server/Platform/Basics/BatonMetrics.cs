using System.Diagnostics.Metrics;

namespace Baton.Server.Platform.Basics;

/// <summary>What the server counts, as metrics of the meter `Baton`. Safe for concurrent use.</summary>
internal sealed class BatonMetrics : IDisposable
{
    public const string MeterName = "Baton";

    readonly Meter _meter = new(MeterName);
    readonly Counter<long> _batches;
    readonly Counter<long> _operations;
    readonly Counter<long> _entries;
    readonly Counter<long> _unauthenticated;
    readonly Counter<long> _dueFailed;

    public BatonMetrics()
    {
        _batches = _meter.CreateCounter<long>("baton.lane.batches", "{batch}", "Transactions committed.");
        _operations = _meter.CreateCounter<long>("baton.lane.operations", "{operation}", "Operations decided.");
        _entries = _meter.CreateCounter<long>("baton.lane.entries", "{entry}", "Ledger entries written.");
        _unauthenticated =
            _meter.CreateCounter<long>("baton.unauthenticated", "{request}", "Requests answered with 401.");
        _dueFailed = _meter.CreateCounter<long>(
            "baton.due.failed", "{item}", "Attempts at what was due that failed, by kind.");
    }

    public void Committed(int operations, int entries)
    {
        _batches.Add(1);
        _operations.Add(operations);
        _entries.Add(entries);
    }

    public void Unauthenticated() => _unauthenticated.Add(1);

    public void DueFailed(string kind) => _dueFailed.Add(1, new KeyValuePair<string, object?>("kind", kind));

    /// <summary>Adds the numbers that are looked up whenever the metrics are read.</summary>
    public void Observe(
        Func<long> queueLength, Func<long> waiters, Func<long> bodyBytes, Func<long> damagedWorkspaces)
    {
        _meter.CreateObservableGauge(
            "baton.lane.queue", queueLength, "{operation}", "Operations waiting for the lane.");
        _meter.CreateObservableGauge("baton.waiters", waiters, "{request}", "Long-polls and streams open.");
        _meter.CreateObservableGauge("baton.bodies", bodyBytes, "By", "Bytes of request bodies in memory.");
        _meter.CreateObservableGauge(
            "baton.workspaces.damaged", damagedWorkspaces, "{workspace}",
            "Workspaces that are not served because their ledger was found damaged at start.");
    }

    public void Dispose() => _meter.Dispose();
}
