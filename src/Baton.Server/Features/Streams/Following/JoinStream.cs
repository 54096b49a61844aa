using System.Buffers;
using System.Text;
using System.Text.Json;
using Baton.Contracts.Errors;
using Baton.Contracts.Streams;
using Baton.JsonSchema.Values;
using Baton.Server.Features.Streams.Entries;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Json;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Pages;
using Baton.Server.Platform.Reading.Waits;

namespace Baton.Server.Features.Streams.Following;

/// <summary>Waits until a stream holds so many entries: how an orchestrator waits for its workers.</summary>
internal static class JoinStream
{
    public const string Action = "stream.join";

    /// <summary>The most entries that one request looks at.</summary>
    const int MaxScanned = 100_000;

    public static ReadSpec SpecOf(StreamFeature streams) => new BytesReadSpec<JoinStreamRequest>(
        Action, "Waits until a stream holds so many entries, and answers the first of them.", typeof(StreamJoin),
        (caller, request) => ReadAsync(caller, streams, request))
    {
        Description = """
            Answers as soon as there are `count` entries after `after` (with that `label`), or at the time-out with
            those there are; the stream need not exist yet. `distinct` takes only the first entry for each value at
            that JSON pointer in `data`: equal as JSON is, numbers by value; entries without it do not count. To go on
            waiting for the same, repeat the call as it was; to wait for the next ones, begin after `next_after`. An
            answer holds at most 4 MiB: then it is not complete, and `next_after` is where to go on.
            """,
        Role = Role.Reader,
        Resource = (request, _) => Stream.ResourceOf(request.Stream),
        Found = "What is there.",
        Errors =
        [
            ErrorCodes.StreamNotFound, ErrorCodes.StreamCursorPruned, ErrorCodes.StreamCursorMismatch,
            ErrorCodes.CursorAhead, ErrorCodes.WaitersTooMany,
        ],
    };

    /// <summary>Waits, and answers as JSON what there is then.</summary>
    static async ValueTask<Outcome<ReadAnswer>> ReadAsync(
        Caller caller, StreamFeature streams, JoinStreamRequest request)
    {
        var wait = TimeSpan.FromSeconds(request.Timeout ?? JoinStreamRequest.DefaultTimeoutSeconds);
        using var follower = new StreamFollower(
            caller, Action, streams, request.Stream, StreamPlace.Of(request.After), request.Label, consumer: null,
            isWaiting: wait > TimeSpan.Zero);
        caller.Look();
        if (await follower.FindAsync(caller.Aborted) is { } absent) return absent;
        var distinct = request.Distinct is { } pointer ? JsonPointer.Parse(pointer)! : null;
        var join = new Join(follower, (int)request.Count, distinct);
        Failure? failure = null;
        var answered = await Waiting.UntilAsync(caller, follower, wait, async () =>
        {
            caller.Look();
            failure = await join.TakeAsync(caller.Aborted);
            return failure is not null || join.IsOver;
        });
        failure ??= answered.Failure;
        if (failure is not null) return failure;
        var json = new ArrayBufferWriter<byte>(initialCapacity: 1024);
        json.Write(join.IsComplete ? "{\"complete\":true,\"entries\":"u8 : "{\"complete\":false,\"entries\":"u8);
        ReadStream.WriteList(json, join.Entries, request.Full ?? false);
        json.Write(Encoding.UTF8.GetBytes($",\"next_after\":\"{join.NextAfter}\"}}"));
        return ReadAnswer.OfJson(json.WrittenMemory);
    }

    /// <summary>What a join has found so far. It keeps the entries, whatever happens to them in the stream.</summary>
    sealed class Join(StreamFollower follower, int count, string[]? distinct)
    {
        readonly HashSet<string> _values = [];
        long _bytes;
        string? _nextAfter;
        int _scanned;

        public List<RenderedEntry> Entries { get; } = [];

        public bool IsComplete => Entries.Count == count;

        /// <summary>Whether there is nothing more to wait for, or no more room.</summary>
        public bool IsOver => IsComplete || _bytes >= PageBounds.MaxBytes || _scanned >= MaxScanned;

        public string NextAfter => _nextAfter ?? follower.NextAfter;

        /// <summary>Takes the entries that exist now.</summary>
        public async ValueTask<Failure?> TakeAsync(CancellationToken cancellation)
        {
            while (!IsOver)
            {
                var before = follower.After;
                if (await follower.ReadAsync(StreamFollower.PageSize, cancellation) is { } failure) return failure;
                foreach (var entry in follower.Page)
                {
                    if (!IsNew(entry)) continue;
                    Entries.Add(entry);
                    _bytes += entry.Row.Data.Length + StreamOptions.EntryOverheadBytes;
                    if (!IsOver) continue;
                    _nextAfter = follower.PlaceAt(entry.EntryId);
                    return null;
                }

                _scanned += follower.Page.Count;
                if (follower.After == before) return null;
            }

            return null;
        }

        /// <summary>
        /// Whether an entry counts: of entries with the same value only the first does, and one without a value never
        /// does.
        /// </summary>
        bool IsNew(RenderedEntry entry)
        {
            if (distinct is null) return true;
            using var data = JsonDocument.Parse(entry.Row.Data);
            return JsonPointer.Find(data.RootElement, distinct) is { } value && _values.Add(JsonIdentity.Of(value));
        }
    }
}
