using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Baton.Bench.Load;
using Baton.Bench.Processes;
using Baton.Bench.Targets;
using Baton.Contracts.Events;
using Baton.Contracts.Json;

namespace Baton.Bench.Ledger;

/// <summary>Seconds for the same entries: verified by the server, and hashed by one thread.</summary>
internal sealed record LedgerFigures(
    long Entries, long EncodingBytes, IReadOnlyList<double> VerifySeconds, IReadOnlyList<double> HashSeconds);

/// <summary>Times `GET /ledger/verify` beside hashing alone, in turns.</summary>
internal sealed class LedgerMeasure(BatonTarget baton, StashLoader loader, BenchPlan plan)
{
    static readonly TimeSpan HashTimeout = TimeSpan.FromMinutes(2);

    public async Task<LedgerFigures> RunAsync(string encodingsPath, CancellationToken cancellation)
    {
        using var client = baton.Client();
        var entries = plan.LedgerEntryCount;
        var head = await client.GetFromJsonAsync<LedgerHead>("/ledger/head", BatonJson.Options, cancellation);
        string NameOf(long index) => StashLoader.HotName(index % plan.HotNameCount);
        await loader.LoadAsync(entries - head!.Seq, NameOf, cancellation);
        var bytes = await LedgerExport.WriteAsync(client, entries, encodingsPath, cancellation);

        _ = await VerifyAsync(client, entries, cancellation);
        var (verified, hashed) = (new List<double>(), new List<double>());
        for (var round = 0; round < plan.RoundCount; round++)
        {
            verified.Add(await VerifyAsync(client, entries, cancellation));
            hashed.Add(await HashAsync(encodingsPath, cancellation));
        }
        return new LedgerFigures(entries, bytes, verified, hashed);
    }

    static async Task<double> VerifyAsync(HttpClient client, long entries, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var found = await client.GetFromJsonAsync<LedgerVerification>(
            $"/ledger/verify?from=1&to={entries}", BatonJson.Options, cancellation);
        var seconds = clock.Elapsed.TotalSeconds;
        return found is { Intact: true } && found.Checked == entries
            ? seconds
            : throw new BenchException($"verify of {entries} entries found: {found}");
    }

    static async Task<double> HashAsync(string encodingsPath, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(LedgerMeasure).Assembly.Location, "hash", encodingsPath]);
        return double.Parse(
            await Command.RunAsync(start, HashTimeout, cancellation), CultureInfo.InvariantCulture);
    }
}
