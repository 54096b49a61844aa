using System.Globalization;
using System.Text.Json;
using Baton.Contracts.Errors;
using Baton.Contracts.Json;
using Baton.Contracts.Streams;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Soak.Clients;

/// <summary>
/// Reads one stream from its beginning to an entry, hanging up and resuming at random. Keeps what it saw, and what it
/// was told to be lost; between the two there must be nothing.
/// </summary>
internal abstract class EntryReader(Func<Task<string>> url, string stream, int seed)
{
    Func<long> _last = () => long.MaxValue;

    protected Random Random { get; } = new(seed);

    protected bool IsAtEnd => Cursor >= _last();

    protected string Stream => stream;

    /// <summary>The last entry that it has, or knows to be lost; null before the first.</summary>
    protected long? Cursor { get; private set; }

    public List<StreamEntry> Seen { get; } = [];

    /// <summary>The entries that it was told to be lost, as ranges: from and to.</summary>
    public List<(long From, long To)> Lost { get; } = [];

    public int Connections { get; private set; }

    /// <summary>Reads until it has this entry.</summary>
    public async Task RunAsync(Func<long> last, CancellationToken patience)
    {
        _last = last;
        using var client = new SoakClient();
        while (!IsAtEnd)
        {
            var here = await url().WaitAsync(patience);
            Connections++;
            try
            {
                await ReadAsync(client, here, patience);
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException)
            {
                // The server died in the middle.
            }
            catch (OperationCanceledException) when (!patience.IsCancellationRequested)
            {
                // It hung up by itself.
            }
        }
    }

    protected abstract Task ReadAsync(SoakClient client, string url, CancellationToken patience);

    protected void Take(StreamEntry entry)
    {
        if (Cursor is { } cursor) Assert.Equal(cursor + 1, entry.EntryId);
        Cursor = entry.EntryId;
        Seen.Add(entry);
    }

    /// <summary>It was told that the oldest entry is this one: it goes on from there.</summary>
    protected void TellLost(long firstEntry)
    {
        Assert.True(firstEntry > Cursor + 1, $"{firstEntry} is there, and the cursor is {Cursor}.");
        Lost.Add((Cursor!.Value + 1, firstEntry - 1));
        Cursor = firstEntry - 1;
    }

    protected string After => Cursor is { } cursor ? "&after=" + cursor.ToString(CultureInfo.InvariantCulture) : "";
}

/// <summary>By server-sent events.</summary>
internal sealed class EventReader(Func<Task<string>> url, string stream, int seed, int pauseMs = 0) : EntryReader(url, stream, seed)
{
    protected override async Task ReadAsync(SoakClient client, string url, CancellationToken patience)
    {
        var lastId = Seen is [] || Cursor is null ? [] : new[] { ("Last-Event-ID", Cursor.Value.ToString(CultureInfo.InvariantCulture)) };
        using var response = await client.OpenAsync(url, $"/stream/{Stream}", patience, [("Accept", "text/event-stream"), .. lastId]);
        if ((int)response.StatusCode == 410)
        {
            TellLost((await World.JsonOf(response)).GetProperty("first_entry").GetInt64());
            return;
        }

        Assert.Equal(200, (int)response.StatusCode);
        var left = Random.Next(1, 2000);
        await foreach (var item in SseReader.ReadAsync(response, patience))
        {
            if (item.Type == "end")
            {
                if (item.Json.GetProperty("reason").GetString() == "cursor_pruned") TellLost(item.Json.GetProperty("first_entry").GetInt64());
                return;
            }

            Take(JsonSerializer.Deserialize<StreamEntry>(item.Data!, BatonJson.Options)!);
            if (--left == 0 || IsAtEnd) return;
            if (pauseMs > 0 && left % 20 == 0) await Outside.PassAsync(TimeSpan.FromMilliseconds(Random.Next(pauseMs)));
        }
    }
}

/// <summary>By long-polls.</summary>
internal sealed class PageReader(Func<Task<string>> url, string stream, int seed, int pauseMs = 0) : EntryReader(url, stream, seed)
{
    protected override async Task ReadAsync(SoakClient client, string url, CancellationToken patience)
    {
        using var hangUp = CancellationTokenSource.CreateLinkedTokenSource(patience);
        if (Random.Next(5) == 0) hangUp.CancelAfter(TimeSpan.FromMilliseconds(Random.Next(1, 50)));
        using var response = await client.OpenAsync(url, $"/stream/{Stream}?wait=2&limit={Random.Next(1, 200)}{After}", hangUp.Token);
        var body = await response.Content.ReadAsByteArrayAsync(hangUp.Token);
        if (response.IsSuccessStatusCode)
        {
            var page = JsonSerializer.Deserialize<StreamPage>(body, BatonJson.Options)!;
            foreach (var entry in page.Items) Take(entry);
        }
        else
        {
            var problem = JsonSerializer.Deserialize<Problem>(body, BatonJson.Options)!;
            if (problem.Code == "stream.cursor_pruned") TellLost(problem.FirstEntry!.Value);
            else Assert.True(problem.Retryable, problem.ToString());
        }

        if (pauseMs > 0) await Outside.PassAsync(TimeSpan.FromMilliseconds(Random.Next(pauseMs)));
    }
}
