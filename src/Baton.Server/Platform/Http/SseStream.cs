using System.Globalization;
using System.Text;
using Baton.Server.Platform.Errors;
using Baton.Server.Platform.Feed;
using Baton.Server.Platform.Storage;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Baton.Server.Platform.Http;

/// <summary>
/// One answer of server-sent events (WHATWG HTML, section 9.2). Follows the feed at the reader's own pace: what it
/// has not read stays in the ledger, not in memory; who does not read at all is cut, and resumes from its cursor.
/// </summary>
internal sealed class SseStream
{
    const int PageSize = 256;
    static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(15);
    static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Within the time that the server takes to stop: so long a reader that lags has to come to the end.
    /// </summary>
    static readonly TimeSpan s_shutdownWords = TimeSpan.FromSeconds(3);

    readonly Call _call;
    readonly TimeSpan _patience;
    bool _isReaderGone;

    SseStream(Call call)
    {
        _call = call;
        _patience = TimeSpan.FromSeconds(call.Server.Options.SlowReaderSeconds);
    }

    public static bool IsWanted(HttpRequest request)
    {
        // A HEAD has no body to stream: it is answered as for a single page.
        if (!HttpMethods.IsGet(request.Method)) return false;
        foreach (var accept in request.Headers.Accept)
        {
            if (accept is not null && accept.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Follows what matches after a place until the reader or the server ends it.
    /// </summary>
    /// <param name="call">The request.</param>
    /// <param name="after">The place; entries after it are sent.</param>
    /// <param name="filter">What is wanted.</param>
    /// <param name="first">An event to begin with: its id and data; null for none.</param>
    /// <param name="render">The data of an entry's event; null leaves it out.</param>
    public static async ValueTask<Failure?> FollowAsync(
        Call call, long after, FeedFilter filter, (long Id, byte[] Data)? first, Func<FeedEntry, byte[]?> render)
    {
        var place = call.Server.Waiters.Enter(call.Actor.KeyId);
        if (place.Failure is { } full) return full;
        using var entered = place.Value!;
        var stream = new SseStream(call);
        await stream.RunAsync(after, filter, first, render);
        return null;
    }

    async ValueTask RunAsync(
        long after, FeedFilter filter, (long Id, byte[] Data)? first, Func<FeedEntry, byte[]?> render)
    {
        Start();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_call.Aborted, _call.Server.Stopping);
        using var subscription = _call.Server.Feed.Subscribe(_call.Actor.WorkspaceId, filter);
        if (first is { } opening) WriteEvent(opening.Id, opening.Data);
        var sentId = after;
        try
        {
            // Headers go out at once: the reader must know that it is connected.
            WriteText(": connected\n\n");
            while (await FlushAsync(ending.Token))
            {
                if (await SendPagesAsync(after, sentId, render, ending.Token) is not var (place, id))
                {
                    if (!_isReaderGone) await EndAsync("key_ended");
                    return;
                }

                (after, sentId) = (place, id);
                if (await subscription.WaitAsync(s_heartbeat, ending.Token)) continue;
                if (sentId < after) WriteText(string.Create(CultureInfo.InvariantCulture, $"id: {sentId = after}\n\n"));
                else WriteText(": still here\n\n");
            }
        }
        catch (OperationCanceledException) when (_call.Server.Stopping.IsCancellationRequested
            && !_call.Aborted.IsCancellationRequested)
        {
            await EndAsync("shutdown");
        }
        catch (StorageUnavailableException)
        {
            // The reader comes back with its cursor.
            await EndAsync("storage_unavailable");
        }
    }

    /// <summary>
    /// Sends everything that is there now; answers the place and the id sent last, or null: the key has ended or the
    /// reader is gone.
    /// </summary>
    async ValueTask<(long After, long SentId)?> SendPagesAsync(
        long after, long sentId, Func<FeedEntry, byte[]?> render, CancellationToken cancellation)
    {
        while (true)
        {
            var entries = await _call.Server.Feed.ReadAsync(_call.Actor.WorkspaceId, after, PageSize, cancellation);
            // After the read: what was committed after the key's end is never sent.
            if (!await _call.IsKeyValidAsync()) return null;
            if (entries.Count == 0) return (after, sentId);
            foreach (var entry in entries)
            {
                if (render(entry) is not { } data) continue;
                WriteEvent(entry.Seq, data);
                sentId = entry.Seq;
            }

            after = entries[^1].Seq;
            // A commit is sent whole, and a skipped page still moves the cursor.
            if (sentId < after && entries.Count >= PageSize)
                WriteText(string.Create(CultureInfo.InvariantCulture, $"id: {sentId = after}\n\n"));
            _isReaderGone = !await FlushAsync(cancellation);
            if (_isReaderGone) return null;
        }
    }

    void Start()
    {
        var response = _call.Http.Response;
        _call.SetSeq(_call.Server.Feed.Head(_call.Actor.WorkspaceId));
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        // nginx would otherwise hold events back.
        response.Headers["X-Accel-Buffering"] = "no";
        _call.Http.Features.Get<IHttpMinResponseDataRateFeature>()!.MinDataRate = null;
    }

    void WriteEvent(long id, ReadOnlySpan<byte> data)
    {
        WriteText(string.Create(CultureInfo.InvariantCulture, $"id: {id}\ndata: "));
        var writer = _call.Http.Response.BodyWriter;
        data.CopyTo(writer.GetSpan(data.Length));
        writer.Advance(data.Length);
        WriteText("\n\n");
    }

    void WriteText(string text)
    {
        var writer = _call.Http.Response.BodyWriter;
        writer.Advance(Encoding.UTF8.GetBytes(text, writer.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));
    }

    /// <summary>False when the reader was cut because it did not read.</summary>
    async ValueTask<bool> FlushAsync(CancellationToken cancellation)
    {
        var flush = _call.Http.Response.BodyWriter.FlushAsync(cancellation);
        if (flush.IsCompletedSuccessfully) return !(await flush).IsCompleted;
        var flushing = flush.AsTask();
        try
        {
            return !(await flushing.WaitAsync(_patience, cancellation)).IsCompleted;
        }
        catch (TimeoutException)
        {
            // The last words wait in the buffer; if the reader wakes up in time, it sees them.
            WriteText("event: end\ndata: {\"reason\":\"slow_reader\"}\n\n");
            await Task.WhenAny(flushing, Task.Delay(s_lastWords, CancellationToken.None));
            _call.Http.Abort();
            return false;
        }
    }

    async ValueTask EndAsync(string reason)
    {
        WriteText($"event: end\ndata: {{\"reason\":\"{reason}\"}}\n\n");
        using var patience = new CancellationTokenSource(s_shutdownWords);
        try
        {
            await _call.Http.Response.BodyWriter.FlushAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _call.Http.Abort();
        }
    }
}
