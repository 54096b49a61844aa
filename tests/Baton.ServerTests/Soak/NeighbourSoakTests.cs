using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Baton.ServerTests.Harness;
using Baton.ServerTests.Soak.Clients;
using Baton.ServerTests.Soak.Machines;

namespace Baton.ServerTests.Soak;

/// <summary>
/// A workspace that takes what it can, with as many keys as it likes, leaves the others their part: the slowest of a
/// hundred of their writes and lists takes at most ten times as long as while nobody else is there.
/// </summary>
/// <remarks>
/// The server and all its clients share the machine. What is compared was measured within one run, and a quiet machine
/// counts as no faster than <see cref="s_floor"/>: so only a neighbour that is let do as it likes makes it fail.
/// </remarks>
[Collection(SoakCollection.Name)]
public sealed class NeighbourSoakTests
{
    const int MostTimes = 10;

    // A short run, beside whatever else the machine does, is to find only what is grossly wrong.
    static readonly TimeSpan s_floor = TimeSpan.FromMilliseconds(SoakSize.Of(small: 200, full: 30));
    static readonly TimeSpan s_phase = TimeSpan.FromSeconds(SoakSize.Of(small: 3, full: 20));

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Followers_WithLongFilters_LeaveTheOthersTheirPart()
    {
        // As many wildcards as are taken, in 900 characters that fit the names for long.
        var filter = "stash:*" + string.Join('*', Enumerable.Repeat(new string('a', 13) + new string('a', 100) + "b", 7)) + "*";
        await CompareAsync(async (hostile, url, ending) =>
        {
            var tooMany = await hostile.GetAsync(url, "/events?resource=" + string.Concat(Enumerable.Repeat("*a", 450)));
            Assert.Equal("request.invalid", tooMany.Code);
            var followers = await Task.WhenAll(Enumerable.Range(0, SoakSize.Of(small: 300, full: 1000)).Select(_ =>
                hostile.OpenAsync(url, "/events?after=now&resource=" + filter, Cancellation, ("Accept", "text/event-stream"))));
            await Task.WhenAll(Enumerable.Range(0, 16).Select(number => RepeatAsync(
                () => hostile.PutAsync(url, new string('a', 125) + number.ToString("00", CultureInfo.InvariantCulture), "x"u8.ToArray()),
                ending)));
            foreach (var follower in followers) follower.Dispose();
        });
    }

    [Fact]
    public Task Uploads_ThatDeclareMuchAndSendLittle_LeaveTheOthersTheirPart() => CompareAsync(async (hostile, url, ending) =>
    {
        const int Declared = 25 * 1024 * 1024;
        var ended = UntilAsync(ending);
        await Task.WhenAll(Enumerable.Range(0, SoakSize.Of(small: 11, full: 50)).Select(async number =>
        {
            using var connection = await RawConnection.OpenAsync(url);
            await connection.SendAsync(
                $"PUT /stash/slow-{number} HTTP/1.1\r\nHost: h\r\nX-API-KEY: {hostile.Secret}\r\nContent-Length: {Declared}\r\n\r\n");
            while (!ending.IsCancellationRequested)
            {
                // More than the least rate that a body must have.
                await connection.SendAsync(new string('x', 1000));
                await Outside.PassAsync(TimeSpan.FromSeconds(1), until: ended);
            }
        }));
    });

    [Fact]
    public Task Verifications_OfALongLedger_LeaveTheOthersTheirPart() => CompareAsync(async (hostile, url, ending) =>
    {
        var entries = SoakSize.Of(small: 20_000, full: 200_000);
        for (var written = 0; written < entries; written += 1000) Assert.True((await BulkAsync(hostile, url, "log")).IsGood);
        await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => RepeatAsync(() => hostile.GetAsync(url, "/ledger/verify"), ending)));
    });

    [Fact]
    public Task BulkWriters_Many_LeaveTheOthersTheirPart() => CompareAsync((hostile, url, ending) =>
        Task.WhenAll(Enumerable.Range(0, 64).Select(number => RepeatAsync(() => BulkAsync(hostile, url, $"bulk-{number}"), ending))));

    /// <summary>How long the others' requests take, at first alone, then beside a hostile workspace.</summary>
    /// <param name="attack">Goes on until it is told to end; whatever it is answered.</param>
    static async Task CompareAsync(Func<SoakClient, string, CancellationToken, Task> attack)
    {
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path);
        using var quiet = await NewTenantAsync(server.Url, "quiet");
        using var hostile = await NewTenantAsync(server.Url, "hostile");
        for (var number = 0; number < 200; number++) await quiet.PutAsync(server.Url, $"document-{number}", "content"u8.ToArray());
        await MeasureAsync(quiet, server.Url, TimeSpan.FromSeconds(1));
        var alone = await MeasureAsync(quiet, server.Url, s_phase);

        using var ending = new CancellationTokenSource();
        var attacking = Task.Run(() => attack(hostile, server.Url, ending.Token), Cancellation);
        // It builds itself up for a while.
        await Outside.PassAsync(s_phase / 3, until: attacking);
        var beside = await MeasureAsync(quiet, server.Url, s_phase);
        await ending.CancelAsync();
        await attacking;

        foreach (var (name, was, now) in new[] { ("write", alone.Write, beside.Write), ("list", alone.List, beside.List) })
        {
            report.Figure($"{name} alone", Milliseconds(was));
            report.Figure($"{name} beside it", Milliseconds(now));
            var most = MostTimes * (was > s_floor ? was : s_floor);
            Assert.True(now <= most, $"Of a hundred the slowest {name} took {Milliseconds(now)}, alone {Milliseconds(was)}.");
        }

        report.Figure("requests beside it", beside.Count);
        report.Passed();
    }

    /// <summary>The slowest of a hundred writes and lists, one after the other.</summary>
    static async Task<(TimeSpan Write, TimeSpan List, int Count)> MeasureAsync(SoakClient tenant, string url, TimeSpan time)
    {
        var (writes, lists) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < time;)
        {
            writes.Add(await TimeAsync(() => tenant.PutAsync(url, $"document-{writes.Count % 200}", "content"u8.ToArray())));
            lists.Add(await TimeAsync(() => tenant.GetAsync(url, "/stashes?limit=20")));
        }

        return (SlowestOfAHundred(writes), SlowestOfAHundred(lists), writes.Count + lists.Count);
    }

    static async Task<TimeSpan> TimeAsync(Func<Task<Answer>> send)
    {
        var start = Stopwatch.GetTimestamp();
        var answer = await send();
        var took = Stopwatch.GetElapsedTime(start);
        Assert.True(answer.IsGood, answer.ToString());
        return took;
    }

    static TimeSpan SlowestOfAHundred(List<TimeSpan> times)
    {
        times.Sort();
        return times[times.Count * 99 / 100];
    }

    static async Task RepeatAsync(Func<Task<Answer>> send, CancellationToken ending)
    {
        while (!ending.IsCancellationRequested) await send();
    }

    static async Task UntilAsync(CancellationToken ending)
    {
        var ended = new TaskCompletionSource();
        await using var registration = ending.Register(ended.SetResult);
        await ended.Task;
    }

    static Task<Answer> BulkAsync(SoakClient tenant, string url, string name) => tenant.SendAsync(
        url, HttpMethod.Post, $"/store/{name}", s_bulk, ("Content-Type", "application/json"));

    static readonly byte[] s_bulk = Encoding.UTF8.GetBytes(
        "{\"set\":{" + string.Join(',', Enumerable.Range(0, 1000).Select(number => $"\"key-{number}\":{{\"n\":{number}}}")) + "}}");

    static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0.0 ms", CultureInfo.InvariantCulture);

    /// <summary>The client of a workspace of its own.</summary>
    static async Task<SoakClient> NewTenantAsync(string url, string name)
    {
        using var admin = new SoakClient();
        var answer = await admin.SendAsync(
            url, HttpMethod.Post, "/workspaces", Encoding.UTF8.GetBytes($"{{\"name\":\"{name}\"}}"), ("Content-Type", "application/json"));
        Assert.True(answer.IsGood, answer.ToString());
        using var made = JsonDocument.Parse(answer.Body);
        return new SoakClient(made.RootElement.GetProperty("key").GetString()!);
    }
}
