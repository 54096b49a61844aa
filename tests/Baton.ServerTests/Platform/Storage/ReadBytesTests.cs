using System.Diagnostics.Metrics;
using System.Text.Json;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Platform.Storage;

/// <summary>PostgreSQL sends every row that a statement finds: a page must not ask for more than it may hold.</summary>
public sealed class ReadBytesTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Rows have some hundred bytes each.</summary>
    [Theory]
    [InlineData("/stashes?limit=1")]
    [InlineData("/discover?type=stash&limit=1")]
    [InlineData("/streams?limit=1")]
    [InlineData("/discover?type=stream&limit=1")]
    [InlineData("/store?limit=1")]
    [InlineData("/schemas?limit=1")]
    public async Task List_OfOneOfMany_ReadsFew(string target)
    {
        const int Many = 300;
        Backend.SkipUnlessPostgres();
        await using var server = await TestServer.StartAsync();
        var world = await World.NewAsync(server);
        await Task.WhenAll(Enumerable.Range(0, Many).Select(number => MakeAsync(world, target, number)));
        using var bytes = new BytesRead(server.DataDirectory);
        using (var first = await world.Agent.SendAsync("GET " + target)) Assert.True(first.IsSuccessStatusCode);
        var start = bytes.Count;
        var page = await world.Agent.AskAsync("GET " + target);
        Assert.Equal(1, page.GetProperty("items").GetArrayLength());
        Assert.InRange(bytes.Count - start, 1, 10_000);
    }

    [Fact]
    public async Task Page_ThatIsFullOfBytes_ReadsLittleMore()
    {
        const int Count = 100;
        const int Size = 200_000;
        Backend.SkipUnlessPostgres();
        await using var server = await TestServer.StartAsync();
        var world = await World.NewAsync(server);
        await world.Agent.AskAsync("POST /stream\n\n{\"name\":\"log\"}");
        var data = new string('x', Size);
        for (var number = 0; number < Count; number++) await world.Agent.AskAsync($"POST /stream/log\n\n{{\"data\":\"{data}\"}}");
        using var bytes = new BytesRead(server.DataDirectory);
        var page = await world.Agent.AskAsync("GET /stream/log?limit=1000");
        var items = page.GetProperty("items").GetArrayLength();
        Assert.InRange(items, 10, Count / 2);
        Assert.InRange(bytes.Count, items * Size, 40 * Size);
    }

    static Task<JsonElement> MakeAsync(World world, string target, int number) => world.Agent.AskAsync(target.Split('?') switch
    {
        ["/stashes", _] or ["/discover", "type=stash&limit=1"] => $"PUT /stash/s{number}?discoverable=true\n\nx",
        ["/store", _] => $"PUT /store/n{number}/key\nContent-Type: application/json\n\n1",
        ["/schemas", _] => $"POST /schema\n\n{{\"name\":\"s{number}\",\"definition\":{{\"type\":\"object\"}}}}",
        _ => $"POST /stream\n\n{{\"name\":\"s{number}\",\"discoverable\":true}}",
    });

    /// <summary>What Npgsql has read from one database.</summary>
    sealed class BytesRead : IDisposable
    {
        readonly MeterListener _listener = new();
        long _count;

        public BytesRead(string directory)
        {
            var database = Backend.DatabaseOf(directory)!.Split('/')[^1];
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Npgsql" && instrument.Name.EndsWith("bytes_read", StringComparison.Ordinal))
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, measurement, tags, _) => Add(database, measurement, tags));
            _listener.Start();
        }

        public long Count => Interlocked.Read(ref _count);

        void Add(string database, long bytes, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags)
            {
                if (tag.Value is string pool && pool.Contains(database, StringComparison.Ordinal)) Interlocked.Add(ref _count, bytes);
            }
        }

        public void Dispose() => _listener.Dispose();
    }
}
