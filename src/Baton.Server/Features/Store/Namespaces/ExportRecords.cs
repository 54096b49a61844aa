using System.Text.Json;
using Baton.Contracts.Errors;
using Baton.Server.Features.Store.Records;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Json;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Storage;

namespace Baton.Server.Features.Store.Namespaces;

/// <summary>
/// Answers all records of a namespace as one snapshot, a line for each. The database is read at the reader's pace,
/// within a bounded time, so that only what the reader takes is in memory.
/// </summary>
internal static class ExportRecords
{
    public const string MediaType = "application/x-ndjson";

    const int ChunkCount = 500;

    const int FlushBytes = 64 * 1024;

    /// <summary>
    /// How long a snapshot may be held. A longer one would hold up the database: a reader that is too slow is cut off.
    /// </summary>
    static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    public static async ValueTask<Failure?> AnswerAsync(
        HttpCall call, StoreFeature store, RecordRange range, bool withValues)
    {
        var turn = await call.Caller.Services.Exports.EnterAsync(call.Caller);
        if (turn.Failure is { } overloaded) return overloaded;
        using var entered = turn.Value!;
        using var deadline = new CancellationTokenSource(s_deadline, call.Caller.Services.Time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            call.Aborted, call.Caller.Services.Stopping, deadline.Token);
        try
        {
            using var place = await store.Database.EnterLongReadAsync(ending.Token);
            // This is noted before the snapshot is taken, so the snapshot is at least as new.
            call.Caller.Look();
            await store.Database.ReadSnapshotAsync(
                (call, store.Finder, range, withValues), static async (session, request, token) =>
                {
                    await WriteAsync(
                        session, request.call, request.Finder, request.range, request.withValues, token);
                    return true;
                }, ending.Token);
            return null;
        }
        catch (OperationCanceledException) when (!call.Aborted.IsCancellationRequested)
        {
            if (!call.Http.Response.HasStarted)
                return new Failure(ErrorCodes.ServerOverloaded, "Too many whole namespaces are being read.")
                {
                    RetryAfterSeconds = 5,
                };
            // The connection is broken off, which the reader notices. A short answer would be taken for the whole.
            call.Http.Abort();
            return null;
        }
    }

    static async ValueTask WriteAsync(
        ReadSession session, HttpCall call, RecordFinder finder, RecordRange range, bool withValues,
        CancellationToken cancellation)
    {
        call.Answer(StatusCodes.Status200OK);
        call.Http.Response.ContentType = MediaType;
        call.Http.Response.Headers.CacheControl = CacheRules.Streamed;
        var namespaceRow = await finder.SelectNamespaceAsync(session, range.NamespaceKey, cancellation);
        if (namespaceRow is null || HttpMethods.IsHead(call.Http.Request.Method)) return;
        using var lines = new LineWriter(call, withValues);
        var after = range.After;
        while (await WriteChunkAsync(session, lines, range, namespaceRow, after, cancellation) is { } last)
            after = last;
        await lines.FlushAsync(cancellation);
    }

    /// <summary>Writes the records after a key. Answers the last key that it came to; null at the end.</summary>
    static async ValueTask<string?> WriteChunkAsync(
        ReadSession session, LineWriter lines, RecordRange range, NamespaceRow namespaceRow, string after,
        CancellationToken cancellation)
    {
        var command = range.Command(session, after, ChunkCount, lines.WithValues);
        try
        {
            var (last, count) = (after, 0);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                var head = RecordHead.Read(reader);
                (last, count) = (head.Key, count + 1);
                if (!lines.IsWanted(head, namespaceRow, range.Now)) continue;
                lines.Write(head, lines.WithValues ? reader.Bytes(RecordHead.ColumnCount) : []);
                if (lines.UnflushedBytes >= FlushBytes) await lines.FlushAsync(cancellation);
            }

            return count < ChunkCount ? null : last;
        }
        catch
        {
            // Without this the rest of the rows would be read only to be thrown away.
            command.Cancel();
            throw;
        }
    }

    sealed class LineWriter(HttpCall call, bool withValues) : IDisposable
    {
        readonly Utf8JsonWriter _json = new(Stream.Null, JsonBytes.Options);

        public bool WithValues => withValues;

        public long UnflushedBytes { get; private set; }

        public bool IsWanted(RecordHead head, NamespaceRow namespaceRow, long now) =>
            head.IsLive(namespaceRow, now) && call.Caller.MaySee(call.Spec.Action, head.Resource);

        public void Write(RecordHead head, byte[] value)
        {
            var writer = call.Http.Response.BodyWriter;
            _json.Reset(writer);
            head.WriteTo(_json, JsonBytes.OnOneLine(value), withValues);
            _json.Flush();
            UnflushedBytes += _json.BytesCommitted + 1;
            writer.GetSpan(1)[0] = (byte)'\n';
            writer.Advance(1);
        }

        public void Dispose()
        {
            // A line that was begun must not be sent: the writer is reset so that it does not flush it.
            _json.Reset(Stream.Null);
            _json.Dispose();
        }

        public async ValueTask FlushAsync(CancellationToken cancellation)
        {
            UnflushedBytes = 0;
            await call.Http.Response.BodyWriter.FlushAsync(cancellation);
        }
    }
}
