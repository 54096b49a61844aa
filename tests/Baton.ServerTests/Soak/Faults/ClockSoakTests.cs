using System.Collections.Concurrent;
using System.Diagnostics;
using Baton.Contracts.Events;
using Baton.ServerTests.Harness;
using Baton.ServerTests.Soak.Clients;
using Baton.ServerTests.Soak.Machines;

namespace Baton.ServerTests.Soak.Faults;

/// <summary>The machine's clock jumps; the server's time does not.</summary>
[Collection(SoakCollection.Name)]
public sealed class ClockSoakTests
{
    const int Writers = 4;
    const int Watchers = 3;
    const int ShortTtlSeconds = 2;
    const int LongTtlSeconds = 8;

    /// <summary>
    /// While the clock is behind, time runs at half speed, and catches up when it is back: by half of the time that
    /// it was behind, which in the life of one stash here is 1 s twice.
    /// </summary>
    static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(2);

    /// <summary>Twice the longest life, and a slow machine.</summary>
    static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    /// <summary>Jumps ahead are larger than what is believed at once; the clock stays there or behind only for a while.</summary>
    static readonly (TimeSpan Offset, double HeldSeconds)[] s_jumps =
    [
        (TimeSpan.Zero, 2), (TimeSpan.FromHours(1), 1.5), (TimeSpan.Zero, 0.5), (TimeSpan.FromSeconds(-5), 1), (TimeSpan.Zero, 0.5),
        (TimeSpan.FromDays(1), 1.5), (TimeSpan.FromHours(-1), 1), (TimeSpan.FromSeconds(90), 1), (TimeSpan.Zero, 1),
    ];

    [Fact]
    public async Task Time_WithAJumpingClock_NeitherGoesBackNorExpiresEarlyNorStands()
    {
        using var clock = FakeClock.TryMake();
        Assert.SkipWhen(clock is null, "libfaketime is not installed.");
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        await using var server = new RestartingServer(data.Path, clock.Environment);
        await server.StartAsync();
        using var stop = new CancellationTokenSource();
        var load = new Load(server, stop.Token);
        var work = load.RunAsync();
        var rounds = SoakSize.Of(small: 1, full: 20);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (offset, seconds) in s_jumps)
            {
                clock.Set(offset);
                await Outside.PassAsync(TimeSpan.FromSeconds(seconds));
            }
        }

        await stop.CancelAsync();
        await work;
        await AssertAllExpiredAsync(await server.UrlAsync(), load.Mortal);
        report.Figure("jumps", rounds * s_jumps.Length);
        report.Figure("lives with an end watched", load.Mortal.Count);
        report.Figure("ledger entries", await AssertTimeNeverGoesBackAsync(await server.UrlAsync()));
        report.Passed();
    }

    [Fact]
    public async Task Time_AfterRestartsWithTheClockSetBack_GoesOn()
    {
        using var clock = FakeClock.TryMake();
        Assert.SkipWhen(clock is null, "libfaketime is not installed.");
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        await using var server = new RestartingServer(data.Path, clock.Environment);
        using var client = new SoakClient();
        var rounds = SoakSize.Of(small: 1, full: 10);
        var mortal = new ConcurrentBag<string>();
        await client.PutAsync(await server.StartAsync(), "immortal", "here"u8.ToArray());
        await client.SendAsync(await server.UrlAsync(), HttpMethod.Put, "/stash/lasting?ttl=36000", "here"u8.ToArray());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var offset in new[] { TimeSpan.FromHours(-2), TimeSpan.FromSeconds(-30), TimeSpan.Zero })
            {
                // One that has to end while the clock is elsewhere.
                var name = $"over-{round}-{offset.TotalSeconds}";
                mortal.Add(name);
                await client.SendAsync(
                    await server.UrlAsync(), HttpMethod.Put, $"/stash/{name}?ttl={ShortTtlSeconds}", "soon gone"u8.ToArray());
                await server.KillAsync();
                clock.Set(offset);
                var url = await server.StartAsync();
                await Load.WatchAsync(client, server, $"during-{round}-{offset.TotalSeconds}", ShortTtlSeconds);
                Assert.Equal(200, (await client.GetAsync(url, "/stash/immortal")).Status);
                Assert.Equal(200, (await client.GetAsync(url, "/stash/lasting")).Status);
            }
        }

        await AssertAllExpiredAsync(await server.UrlAsync(), mortal);
        await AssertTimeNeverGoesBackAsync(await server.UrlAsync());
        report.Figure("restarts", server.Kills);
        report.Passed();
    }

    static async Task<int> AssertTimeNeverGoesBackAsync(string url)
    {
        using var client = new SoakClient();
        var entries = await client.ReadLedgerAsync(url);
        Assert.All(entries.Zip(entries.Skip(1)), pair => Assert.True(
            pair.First.At <= pair.Second.At, $"{pair.Second.At:O} at seq {pair.Second.Seq} comes after {pair.First.At:O}"));
        return entries.Count;
    }

    /// <summary>Readers do not see what is expired; but it also has to be erased, and the ledger tells when.</summary>
    static async Task AssertAllExpiredAsync(string url, IEnumerable<string> names)
    {
        using var client = new SoakClient();
        var missing = names.Select(name => "stash:" + name).ToHashSet();
        var start = Stopwatch.GetTimestamp();
        for (var after = 0L; missing.Count > 0;)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < s_deadline, $"Never erased: {string.Join(", ", missing)}");
            var page = (await client.GetAsync(url, $"/events?action=stash.expire&after={after}&wait=5")).Json<EventPage>();
            foreach (var entry in page.Items) missing.Remove(entry.Resource!);
            after = page.NextAfter;
        }
    }

    /// <summary>Writes, and stashes that live for a while.</summary>
    sealed class Load(RestartingServer server, CancellationToken stop)
    {
        public ConcurrentBag<string> Mortal { get; } = [];

        public Task RunAsync() => Task.WhenAll(
        [
            .. Enumerable.Range(0, Writers).Select(number => Task.Run(() => WriteAsync(number))),
            .. Enumerable.Range(0, Watchers).Select(number => Task.Run(() => WatchAllAsync(number, ShortTtlSeconds))),
            .. Enumerable.Range(0, Watchers).Select(number => Task.Run(() => WatchAllAsync(number, LongTtlSeconds))),
        ]);

        /// <summary>Asserts that a stash is there for its time, and not for ever.</summary>
        public static async Task WatchAsync(SoakClient client, RestartingServer server, string name, int ttlSeconds)
        {
            var url = await server.UrlAsync();
            var start = Stopwatch.GetTimestamp();
            var put = await client.SendAsync(url, HttpMethod.Put, $"/stash/{name}?ttl={ttlSeconds}", "here"u8.ToArray());
            Assert.Equal(201, put.Status);
            await Outside.UntilAsync(
                async () => (await client.GetAsync(url, "/stash/" + name)).Status != 200,
                s_deadline, $"{name} outlives its {ttlSeconds} s.");
            var life = Stopwatch.GetElapsedTime(start);
            Assert.True(life > TimeSpan.FromSeconds(ttlSeconds) - s_tolerance, $"{name} ended after {life}.");
        }

        async Task WatchAllAsync(int watcher, int ttlSeconds)
        {
            using var client = new SoakClient();
            // So that at every moment one of them is young and one is old.
            await Outside.PassAsync(TimeSpan.FromSeconds(watcher * ttlSeconds / (double)Watchers));
            for (var number = 0; !stop.IsCancellationRequested; number++)
            {
                var name = $"mortal-{watcher}-{ttlSeconds}-{number}";
                Mortal.Add(name);
                await WatchAsync(client, server, name, ttlSeconds);
            }
        }

        async Task WriteAsync(int number)
        {
            using var client = new SoakClient();
            while (!stop.IsCancellationRequested)
                Assert.True((await client.PutAsync(await server.UrlAsync(), $"written-{number}", "x"u8.ToArray())).IsGood);
        }
    }
}
