using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Baton.ServerTests.Harness;
using Baton.ServerTests.Soak.Clients;
using Baton.ServerTests.Soak.Machines;

namespace Baton.ServerTests.Soak.Faults;

/// <summary>SIGTERM ends the server soon and in order, whatever is open.</summary>
[Collection(SoakCollection.Name)]
public sealed class StopSoakTests
{
    const int Waiters = 20;
    const int Streams = 10;
    const int Writers = 8;

    /// <summary>5 s on a machine that has nothing else to do.</summary>
    static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Terminate_WithWaitersStreamsAndWritesInFlight_EndsAllInOrder()
    {
        using var report = new SoakReport();
        var rounds = SoakSize.Of(small: 2, full: 20);
        var (slowest, acknowledged) = (TimeSpan.Zero, 0);
        for (var round = 0; round < rounds; round++)
        {
            using var data = new ScratchDirectory();
            var (time, writes) = await StopUnderLoadAsync(data.Path);
            slowest = time > slowest ? time : slowest;
            acknowledged += writes;
        }

        report.Figure("stops", rounds);
        report.Figure("acknowledged writes checked", acknowledged);
        report.Seconds("slowest stop", slowest);
        report.Passed();
    }

    /// <summary>A client that never sends the rest of its body does not hold the server.</summary>
    [Fact]
    public async Task Terminate_WithAStalledUpload_Ends()
    {
        using var report = new SoakReport();
        using var data = new ScratchDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path);
        using var upload = await RawConnection.OpenAsync(server.Url);
        await upload.SendAsync(
            $"PUT /stash/half HTTP/1.1\r\nHost: h\r\nX-API-KEY: {TestServer.AdminSecret}\r\nContent-Length: 1000000\r\n\r\nhalf");
        using var client = new SoakClient();
        Assert.Equal(201, (await client.PutAsync(server.Url, "whole", "whole"u8.ToArray())).Status);
        var start = Stopwatch.GetTimestamp();
        server.Terminate();
        Assert.Equal(0, await server.WaitForExitAsync(s_deadline));
        report.Seconds("stop", Stopwatch.GetElapsedTime(start));
        report.Passed();
    }

    static async Task<(TimeSpan Time, int Writes)> StopUnderLoadAsync(string directory)
    {
        using var client = new SoakClient();
        var load = new Load(client);
        TimeSpan time;
        await using (var server = await ServerProcess.StartAsync(directory))
        {
            await load.OpenAsync(server.Url);
            var start = Stopwatch.GetTimestamp();
            server.Terminate();
            Assert.Equal(0, await server.WaitForExitAsync(s_deadline));
            time = Stopwatch.GetElapsedTime(start);
        }

        await load.AssertEndedInOrderAsync();
        await using var again = await ServerProcess.StartAsync(directory);
        foreach (var (name, content) in load.Acknowledged)
            Assert.Equal(content, Encoding.UTF8.GetString((await client.GetAsync(again.Url, "/stash/" + name)).Body));
        await client.VerifyAsync(again.Url);
        return (time, load.Writes);
    }

    /// <summary>Everything that can be open: long-polls, streams, writes.</summary>
    sealed class Load(SoakClient client)
    {
        readonly List<Task<Answer>> _polls = [];
        readonly List<Task<SseEvent?>> _streams = [];
        readonly List<Task> _writers = [];
        int _writes;

        /// <summary>The newest acknowledged content of each stash that one writer writes.</summary>
        public System.Collections.Concurrent.ConcurrentDictionary<string, string> Acknowledged { get; } = new();

        public int Writes => _writes;

        /// <summary>Returns when all streams are open and every writer was acknowledged something.</summary>
        public async Task OpenAsync(string url)
        {
            for (var number = 0; number < Waiters; number++)
            {
                var target = number % 2 == 0 ? "/stash/absent?wait=60" : "/events?after=now&resource=stash:absent&wait=60";
                _polls.Add(client.GetAsync(url, target));
            }

            for (var number = 0; number < Streams; number++)
            {
                var target = number % 2 == 0 ? "/events" : "/stash/written-0";
                var response = await client.OpenAsync(
                    url, target, TestContext.Current.CancellationToken, ("Accept", "text/event-stream"));
                _streams.Add(Task.Run(() => LastEventAsync(response)));
            }

            var begun = Enumerable.Range(0, Writers).Select(_ => new TaskCompletionSource()).ToArray();
            for (var number = 0; number < Writers; number++)
            {
                var writer = number;
                _writers.Add(Task.Run(() => WriteAsync(url, $"written-{writer}", begun[writer])));
            }

            await Task.WhenAll(begun.Select(writer => writer.Task));
        }

        public async Task AssertEndedInOrderAsync()
        {
            await Task.WhenAll(_writers);
            foreach (var (answer, index) in (await Task.WhenAll(_polls)).Select((answer, index) => (answer, index)))
                Assert.Equal(index % 2 == 0 ? 204 : 200, answer.Status);
            foreach (var last in await Task.WhenAll(_streams))
                Assert.Equal(new SseEvent(Id: null, "end", """{"reason":"shutdown"}"""), last);
        }

        static async Task<SseEvent?> LastEventAsync(HttpResponseMessage response)
        {
            using var opened = response;
            SseEvent? last = null;
            await foreach (var item in SseReader.ReadAsync(response, TestContext.Current.CancellationToken)) last = item;
            return last;
        }

        /// <summary>Until the server refuses or is gone.</summary>
        async Task WriteAsync(string url, string stash, TaskCompletionSource begun)
        {
            try
            {
                for (var number = 0; ; number++)
                {
                    var content = $"content {number}";
                    var answer = await client.PutAsync(url, stash, Encoding.UTF8.GetBytes(content));
                    if (!answer.IsGood)
                    {
                        Assert.Equal("server.stopping", answer.Code);
                        return;
                    }

                    Acknowledged[stash] = content;
                    Interlocked.Increment(ref _writes);
                    begun.TrySetResult();
                }
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException or SocketException)
            {
                // What was not answered may have been written: the newest then is later than the acknowledged one.
                Acknowledged.TryRemove(stash, out _);
            }
        }
    }
}
