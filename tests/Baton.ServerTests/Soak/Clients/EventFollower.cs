using System.Text.Json;
using Baton.Contracts.Events;
using Baton.Contracts.Json;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Soak.Clients;

/// <summary>Reads the change feed of a node until an event about its last stash, from its cursor again when it ends.</summary>
internal sealed class EventFollower(Func<string> urlOf, string lastStash)
{
    string _cursor = "0";

    /// <summary>In the order in which they came. Read by others after the end.</summary>
    public List<LedgerEvent> Seen { get; } = [];

    public int Connections { get; private set; }

    /// <summary>Streams that ended with a word.</summary>
    public int Ends { get; private set; }

    public async Task RunAsync(CancellationToken patience)
    {
        using var client = new SoakClient();
        while (!IsAtEnd)
        {
            try
            {
                using var response = await client.OpenAsync(
                    urlOf(), "/events", patience, ("Accept", "text/event-stream"), ("Last-Event-ID", _cursor));
                Connections++;
                if ((int)response.StatusCode != 503)
                {
                    Assert.Equal(200, (int)response.StatusCode);
                    await ReadAsync(response, patience);
                }
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException)
            {
                // The server died in the middle, or is not back yet.
            }

            await Outside.BreatheAsync(patience);
        }
    }

    /// <summary>Asserts that it saw the whole ledger, in its order, each entry once.</summary>
    public void AssertSaw(IEnumerable<LedgerEvent> ledger) => Assert.Equal(
        ledger.Select(entry => (entry.Seq, entry.Hash)), Seen.Select(entry => (entry.Seq, entry.Hash)));

    bool IsAtEnd => Seen is [.., var last] && last.Resource == "stash:" + lastStash;

    async Task ReadAsync(HttpResponseMessage response, CancellationToken patience)
    {
        await foreach (var item in SseReader.ReadAsync(response, patience))
        {
            if (item.Type == "end")
            {
                Ends++;
                return;
            }

            if (item.Data is not null) Seen.Add(JsonSerializer.Deserialize<LedgerEvent>(item.Data, BatonJson.Options)!);
            _cursor = item.Id ?? _cursor;
            if (IsAtEnd) return;
        }
    }
}
