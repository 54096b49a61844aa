using System.IO.Pipelines;
using System.Text.Json;
using Baton.Contracts.Errors;
using Baton.Server.Features.Store.Records;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Json;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Storage.Readers;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Server.Features.Store.Namespaces;

/// <summary>
/// Reads all records of a namespace as one snapshot, a line for each. The database is read at the pace of who takes the
/// lines, within a bounded time, so that only what is taken is in memory.
/// </summary>
internal static class ExportRecords
{
    const int ChunkCount = 500;

    const int FlushBytes = 64 * 1024;

    /// <summary>
    /// How long a snapshot may be held. A longer one would hold up the database: a reader that is too slow is cut off.
    /// </summary>
    static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    /// <summary>Writes the records of a range, each as JSON on a line of its own.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="store">Where the records are.</param>
    /// <param name="action">For the access filter: `store.list`.</param>
    /// <param name="range">Which records.</param>
    /// <param name="withValues">Whether the lines carry the values.</param>
    /// <param name="begin">
    /// Begins the answer, once, when the snapshot is taken and <see cref="Caller.Seq"/> is known. What it gives takes
    /// the lines; null: only the beginning was asked for.
    /// </param>
    /// <returns>
    /// Why not all was written: the server is overloaded, or the lines were taken too slowly. After
    /// <paramref name="begin"/> what was taken so far is not the whole, and whoever takes it must be able to tell.
    /// </returns>
    public static async ValueTask<Failure?> ReadAsync(
        Caller caller, StoreFeature store, string action, RecordRange range, bool withValues, Func<PipeWriter?> begin)
    {
        var turn = await caller.Services.Exports.EnterAsync(caller);
        if (turn.Failure is { } overloaded) return overloaded;
        using var entered = turn.Value!;
        using var deadline = new CancellationTokenSource(s_deadline, caller.Services.Time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            caller.Aborted, caller.Services.Stopping, deadline.Token);
        var isBegun = false;
        try
        {
            using var slot = await store.Database.EnterLongReadAsync(ending.Token);
            // This is noted before the snapshot is taken, so the snapshot is at least as new.
            caller.Look();
            var question = new Question(caller, store.Finder, action, range, withValues);
            await store.Database.ReadSnapshotAsync(
                question, async (session, question, token) =>
                {
                    isBegun = true;
                    if (begin() is { } output) await WriteAsync(session, question, output, token);
                    return true;
                }, ending.Token);
            return null;
        }
        catch (OperationCanceledException) when (!caller.Aborted.IsCancellationRequested)
        {
            var why = isBegun
                ? $"The lines were not taken within {s_deadline.TotalSeconds} s, or the server stops: they are not all."
                : "Too many whole namespaces are being read.";
            return new Failure(ErrorCodes.ServerOverloaded, why) { RetryAfterSeconds = 5 };
        }
    }

    static async ValueTask WriteAsync(
        ReadSession session, Question question, PipeWriter output, CancellationToken cancellation)
    {
        var range = question.Range;
        var namespaceRow = await question.Finder.SelectNamespaceAsync(session, range.NamespaceKey, cancellation);
        if (namespaceRow is null) return;
        using var lines = new LineWriter(output, question.WithValues);
        var after = range.After;
        while (await WriteChunkAsync(session, question, lines, namespaceRow, after, cancellation) is { } last)
            after = last;
        await lines.FlushAsync(cancellation);
    }

    /// <summary>Writes the records after a key. Answers the last key that it came to; null at the end.</summary>
    static async ValueTask<string?> WriteChunkAsync(
        ReadSession session, Question question, LineWriter lines, NamespaceRow namespaceRow, string after,
        CancellationToken cancellation)
    {
        var command = question.Range.Command(session, after, ChunkCount, question.WithValues);
        try
        {
            var (last, count) = (after, 0);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                var head = RecordHead.Read(reader);
                (last, count) = (head.Key, count + 1);
                if (!question.IsThere(head, namespaceRow)) continue;
                lines.Write(head, question.WithValues ? reader.Bytes(RecordHead.ColumnCount) : []);
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

    /// <summary>Who asks for which records, and for what of them.</summary>
    sealed record Question(Caller Caller, RecordFinder Finder, string Action, RecordRange Range, bool WithValues)
    {
        public bool IsThere(RecordHead head, NamespaceRow namespaceRow) =>
            head.IsLive(namespaceRow, Range.Now) && Caller.MaySee(Action, head.Resource);
    }

    sealed class LineWriter(PipeWriter output, bool withValues) : IDisposable
    {
        readonly Utf8JsonWriter _json = new(Stream.Null, JsonBytes.Options);

        public long UnflushedBytes { get; private set; }

        public void Write(RecordHead head, byte[] value)
        {
            _json.Reset(output);
            head.WriteTo(_json, JsonBytes.OnOneLine(value), withValues);
            _json.Flush();
            UnflushedBytes += _json.BytesCommitted + 1;
            output.GetSpan(1)[0] = (byte)'\n';
            output.Advance(1);
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
            await output.FlushAsync(cancellation);
        }
    }
}
