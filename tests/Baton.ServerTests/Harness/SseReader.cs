using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Baton.ServerTests.Harness;

/// <summary>Reads one answer of server-sent events, event by event.</summary>
internal sealed class SseReader : IDisposable
{
    readonly HttpResponseMessage _answer;
    readonly StreamReader _lines;

    /// <summary>How often the server had nothing to say for so long that it said so, up to here.</summary>
    public int Silences { get; private set; }

    SseReader(HttpResponseMessage answer, Stream body) => (_answer, _lines) = (answer, new StreamReader(body));

    /// <summary>Returns when the server has said that it is connected.</summary>
    public static async Task<SseReader> OpenAsync(HttpClient client, string target, string? lastEventId = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        Assert.True(answer.IsSuccessStatusCode, $"{target} was answered {(int)answer.StatusCode}");
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return new SseReader(answer, await answer.Content.ReadAsStreamAsync(cancellation));
    }

    /// <summary>Every event of an answer until it ends.</summary>
    public static async IAsyncEnumerable<SseEvent> ReadAsync(
        HttpResponseMessage answer, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var reader = new SseReader(answer, await answer.Content.ReadAsStreamAsync(cancellation));
        while (await reader.ReadNextAsync(cancellation) is { } item) yield return item;
    }

    public Task<SseEvent?> NextAsync() => ReadNextAsync(TestContext.Current.CancellationToken);

    /// <summary>The next event, comments apart; null at the end. Half an event is none.</summary>
    async Task<SseEvent?> ReadNextAsync(CancellationToken cancellation)
    {
        var (id, type, data) = ((string?)null, (string?)null, (string?)null);
        while (await _lines.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal)) type = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
            else if (line == ": still here") Silences++;
            else if (line.Length == 0 && (id ?? type ?? data) is not null) return new SseEvent(id, type, data);
        }

        return null;
    }

    public void Dispose()
    {
        _lines.Dispose();
        _answer.Dispose();
    }
}

/// <summary>One event; members that did not come are null.</summary>
internal sealed record SseEvent(string? Id, string? Type, string? Data)
{
    public JsonElement Json => JsonElement.Parse(Data!);
}
