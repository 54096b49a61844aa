using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Http.Headers;
using Baton.Server.Platform.Reading.Following;
using Baton.Server.Platform.Storage;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Baton.Server.Platform.Http;

/// <summary>
/// One answer of server-sent events (WHATWG HTML, section 9.2). It follows its source at the reader's pace: what the
/// reader has not read yet stays in the store, not in memory. A reader that does not read at all is cut off, and
/// resumes from its cursor.
/// </summary>
internal sealed class SseStream
{
    static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(15);
    static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The time in which a reader that lags can still reach the end, when the server stops. It is part of the time that
    /// the server takes to stop.
    /// </summary>
    static readonly TimeSpan s_shutdownWords = TimeSpan.FromSeconds(3);

    readonly HttpCall _call;
    readonly SseSource _source;
    readonly SseWriter _writer;
    readonly TimeSpan _patience;

    SseStream(HttpCall call, SseSource source)
    {
        _call = call;
        _source = source;
        _writer = new SseWriter(call.Http.Response.BodyWriter);
        _patience = TimeSpan.FromSeconds(call.Options.SlowReaderSeconds);
    }

    public const string MediaType = "text/event-stream";

    /// <summary>
    /// Whether the caller prefers events to these media types; if none are named, to whatever else there is.
    /// </summary>
    public static bool IsWanted(HttpRequest request, params ReadOnlySpan<string> others) =>
        // A HEAD has no body that could be streamed, so it is answered like that of a page.
        HttpMethods.IsGet(request.Method) && Accept.Prefers(request, MediaType, others);

    /// <summary>Follows a source until the reader, the source or the server ends it.</summary>
    /// <param name="call">The request.</param>
    /// <param name="found">The source, which ends with the answer; or why there is none.</param>
    public static async ValueTask<Failure?> FollowAsync(HttpCall call, Outcome<SseSource> found)
    {
        if (found.Failure is { } failure) return failure;
        using var source = found.Value!;
        var place = call.Caller.Services.Waiters.Enter(call.Actor);
        if (place.Failure is { } full) return full;
        using var entered = place.Value!;
        await new SseStream(call, source).RunAsync();
        return null;
    }

    async ValueTask RunAsync()
    {
        Start();
        using var ending =
            CancellationTokenSource.CreateLinkedTokenSource(_call.Aborted, _call.Caller.Services.Stopping);
        _source.WriteOpening(_writer);
        try
        {
            // The headers are sent at once, so that the reader knows that it is connected.
            _writer.Text(": connected\n\n");
            if (!await FlushAsync(ending.Token)) return;
            for (var isHeartbeat = false; await SendAsync(isHeartbeat, ending.Token);)
            {
                isHeartbeat = !await _source.WaitAsync(s_heartbeat, ending.Token);
                if (!isHeartbeat) continue;
                if (_source.TakeCursor() is { } cursor) _writer.Cursor(cursor);
                else _writer.Text(": still here\n\n");
                if (!await FlushAsync(ending.Token)) return;
            }
        }
        catch (OperationCanceledException) when (_call.Caller.Services.Stopping.IsCancellationRequested
            && !_call.Aborted.IsCancellationRequested)
        {
            await EndAsync("""{"reason":"shutdown"}""");
        }
        catch (StorageUnavailableException)
        {
            // The stream ends, and the reader comes back with its cursor.
            await EndAsync("""{"reason":"storage_unavailable"}""");
        }
    }

    /// <summary>Sends everything there is now. False if that was the end of the stream.</summary>
    async ValueTask<bool> SendAsync(bool isHeartbeat, CancellationToken cancellation)
    {
        while (true)
        {
            var isThere = await _source.ReadAsync(cancellation);
            // The key is checked after the read, so that nothing is sent that was committed after the key's end.
            if ((isThere || isHeartbeat) && !await _call.Caller.IsKeyValidAsync())
            {
                await EndAsync("""{"reason":"key_ended"}""");
                return false;
            }

            if (_source.EndData is { } end)
            {
                await EndAsync(end);
                return false;
            }

            if (!isThere) return true;
            _source.Write(_writer);
            if (!await FlushAsync(cancellation)) return false;
            if (_source.IsAtEnd) return true;
        }
    }

    void Start()
    {
        var response = _call.Http.Response;
        _call.Caller.Look();
        _call.ShowSeq();
        // Events are always UTF-8. Clients that are not told so guess, and some then split lines within characters.
        response.ContentType = $"{MediaType}; charset=utf-8";
        response.Headers.CacheControl = CacheRules.Streamed;
        // Without this header nginx would hold events back.
        response.Headers["X-Accel-Buffering"] = "no";
        _call.Http.Features.Get<IHttpMinResponseDataRateFeature>()!.MinDataRate = null;
    }

    /// <summary>Sends what was written. False if the reader is gone, or was cut off because it did not read.</summary>
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
            // The last event waits in the buffer: a reader that wakes up in time sees it.
            _writer.Text("event: end\ndata: {\"reason\":\"slow_reader\"}\n\n");
            await Task.WhenAny(flushing, Task.Delay(s_lastWords, CancellationToken.None));
            _call.Http.Abort();
            return false;
        }
    }

    async ValueTask EndAsync(string data)
    {
        _writer.Text($"event: end\ndata: {data}\n\n");
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
