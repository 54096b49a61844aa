using System.Net.Http.Headers;
using System.Text.Json;
using Baton.Contracts.Events;
using Baton.Contracts.Json;
using Baton.ServerTests.Harness;

namespace Baton.ServerTests.Soak.Clients;

/// <summary>An agent that sends requests to a server which may be somewhere else after a restart.</summary>
/// <remarks>Its exchanges are not recorded: there are too many of them.</remarks>
internal sealed class SoakClient : IDisposable
{
    readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 1024 });
    readonly string? _secret;

    public SoakClient(string? secret = TestServer.AdminSecret) => _secret = secret;

    public string? Secret => _secret;

    /// <summary>Sends a request; throws <see cref="HttpRequestException"/> or <see cref="IOException"/> when the server dies.</summary>
    public async Task<Answer> SendAsync(
        string url, HttpMethod method, string target, ReadOnlyMemory<byte>? body = null, params (string Name, string Value)[] headers)
    {
        using var request = Request(url, method, target, body, headers);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var content = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return new Answer((int)response.StatusCode, response.Headers, content);
    }

    /// <summary>As soon as the headers are there; the caller reads and disposes the response.</summary>
    public async Task<HttpResponseMessage> OpenAsync(
        string url, string target, CancellationToken cancellation, params (string Name, string Value)[] headers)
    {
        using var request = Request(url, HttpMethod.Get, target, body: null, headers);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    public Task<Answer> GetAsync(string url, string target) => SendAsync(url, HttpMethod.Get, target);

    public Task<Answer> PutAsync(
        string url, string stash, ReadOnlyMemory<byte> body, params (string Name, string Value)[] headers) =>
        SendAsync(url, HttpMethod.Put, "/stash/" + stash, body, headers);

    public Task<Answer> AppendAsync(
        string url, string stash, ReadOnlyMemory<byte> body, params (string Name, string Value)[] headers) =>
        SendAsync(url, HttpMethod.Patch, $"/stash/{stash}/append", body, headers);

    /// <summary>The ledger after a place, to its end; asserts that it has no gap and that every entry links to the one before.</summary>
    public async Task<List<LedgerEvent>> ReadLedgerAsync(string url, LedgerEvent? last = null)
    {
        const int PageSize = 1000;
        var entries = new List<LedgerEvent>();
        while (true)
        {
            var answer = await GetAsync(url, $"/events?limit={PageSize}&after={last?.Seq ?? 0}");
            var page = answer.Json<EventPage>();
            foreach (var entry in page.Items)
            {
                Assert.Equal((last?.Seq ?? 0) + 1, entry.Seq);
                if (last is not null) Assert.Equal(last.Hash, entry.PrevHash);
                entries.Add(last = entry);
            }

            if (page.Items.Count == 0) return entries;
        }
    }

    /// <summary>Asserts that the whole ledger is intact, and goes on from a head that was kept.</summary>
    public async Task<LedgerHead> VerifyAsync(string url, LedgerHead? kept = null)
    {
        var expected = kept is null ? "" : $"?expect_seq={kept.Seq}&expect_hash={kept.Hash}";
        var found = (await GetAsync(url, "/ledger/verify" + expected)).Json<LedgerVerification>();
        Assert.True(found.Intact, $"The ledger is broken: {string.Join(", ", found.Broken)}");
        return found.Head;
    }

    public void Dispose() => _http.Dispose();

    HttpRequestMessage Request(
        string url, HttpMethod method, string target, ReadOnlyMemory<byte>? body, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, url + target);
        if (_secret is not null) request.Headers.Add("X-API-KEY", _secret);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (body is { } bytes)
        {
            request.Content = new ReadOnlyMemoryContent(bytes);
            if (headers.FirstOrDefault(header => header.Name == "Content-Type").Value is { } type)
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        return request;
    }
}

/// <summary>An answer, read whole.</summary>
internal sealed class Answer(int status, HttpResponseHeaders headers, byte[] body)
{
    public int Status => status;

    public byte[] Body => body;

    public bool IsGood => status is >= 200 and < 300;

    /// <summary>Of the ETag; 0 where there is none.</summary>
    public long Version { get; } = headers.ETag is { } tag ? NumberOf(tag.Tag.Trim('"')) : 0;

    /// <summary>Of `Baton-Seq`; 0 where there is none.</summary>
    public long Seq { get; } = headers.TryGetValues("Baton-Seq", out var values) ? NumberOf(values.First()) : 0;

    public TimeSpan? RetryAfter => headers.RetryAfter?.Delta;

    public bool IsReplayed => headers.Contains("Idempotency-Replayed");

    /// <summary>The code of a problem; null for good answers.</summary>
    public string? Code
    {
        get
        {
            if (IsGood || status == 304) return null;
            using var problem = JsonDocument.Parse(body);
            return problem.RootElement.GetProperty("code").GetString();
        }
    }

    public T Json<T>()
    {
        Assert.True(IsGood, ToString());
        return JsonSerializer.Deserialize<T>(body, BatonJson.Options)!;
    }

    public override string ToString() => $"{status} {System.Text.Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 500)))}";

    static long NumberOf(string text) => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
