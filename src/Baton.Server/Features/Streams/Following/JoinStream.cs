using System.Buffers;
using System.Text;
using System.Text.Json;
using Baton.Contracts.Errors;
using Baton.Contracts.Requests;
using Baton.Contracts.Streams;
using Baton.JsonSchema.Values;
using Baton.Server.Features.Streams.Entries;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Json;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Reading;
using Baton.Server.Platform.Reading.Pages;
using Baton.Server.Platform.Reading.Waits;

namespace Baton.Server.Features.Streams.Following;

/// <summary>Waits until a stream holds so many entries: how an orchestrator waits for its workers.</summary>
internal static class JoinStream
{
    const long DefaultTimeoutSeconds = RequestLimits.MaxWaitSeconds;

    /// <summary>The most characters of the pointer by which entries are told apart.</summary>
    public const int MaxDistinctLength = 512;

    /// <summary>A JSON pointer to a part of a value, never the whole of it, as a regular expression.</summary>
    const string DistinctPattern = "^(/([^~/]|~[01])*)+$";

    /// <summary>The most entries that one request looks at.</summary>
    const int MaxScanned = 100_000;

    public static RouteSpec Spec { get; } = new(
        "stream.join", "Waits until a stream holds so many entries, and answers the first of them.")
    {
        Description = """
            Answers as soon as there are `count` entries after `after` (with that `label`), or at the time-out with
            those there are; the stream need not exist yet. `distinct` takes only the first entry for each value at
            that JSON pointer in `data`: equal as JSON is, numbers by value; entries without it do not count. To go on
            waiting for the same, repeat the call as it was; to wait for the next ones, begin after `next_after`. An
            answer holds at most 4 MiB: then it is not complete, and `next_after` is where to go on.
            """,
        Role = Role.Reader,
        Resource = StreamRoutes.ResourceOf,
        Path = [StreamRoutes.Id],
        Query =
        [
            new("count", "integer", "How many; always to be given.") { Minimum = 1, Maximum = PageBounds.MaxItems },
            StreamRoutes.Label,
            StreamPlace.Parameter,
            new("timeout", "integer", "Seconds to wait for them.")
            {
                Minimum = 0,
                Maximum = RequestLimits.MaxWaitSeconds,
                Default = DefaultTimeoutSeconds,
            },
            new("distinct", "string", "A JSON pointer into `data`, such as `/agent`: one entry for each value there.")
            {
                MinLength = 1,
                MaxLength = MaxDistinctLength,
                Pattern = DistinctPattern,
            },
            StreamRoutes.Full,
        ],
        Answers = [AnswerSpec.Json<StreamJoin>(200, "What is there.", "Baton-Seq")],
        Errors =
        [
            ErrorCodes.StreamNotFound, ErrorCodes.StreamCursorPruned, ErrorCodes.StreamCursorMismatch,
            ErrorCodes.CursorAhead, ErrorCodes.WaitersTooMany,
        ],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call, StreamFeature streams)
    {
        var id = StreamRoutes.ReadId(call);
        var place = StreamPlace.Read(call, isStream: false);
        var label = StreamRoutes.ReadLabel(call);
        var count = call.Query.Integer("count", minimum: 1, PageBounds.MaxItems);
        if (count is null && !call.Query.Has("count"))
            call.Errors.Add("query:count", "`count` is missing: say how many entries to wait for.");
        var timeout = call.Query.Integer("timeout", minimum: 0, RequestLimits.MaxWaitSeconds) ?? DefaultTimeoutSeconds;
        var distinct = ReadPointer(call);
        var isFull = call.Query.Boolean("full") ?? false;
        if (call.Errors.Any) return call.Errors.ToFailure();
        var follower = new StreamFollower(
            call.Caller, Spec.Action, streams, id, place, label, consumer: null, isWaiting: timeout > 0);
        var wait = TimeSpan.FromSeconds(timeout);
        return await call.AnswerJsonAsync(
            await ReadAsync(call.Caller, follower, (int)count!.Value, distinct, wait, isFull));
    }

    /// <summary>Waits, and answers as JSON what there is then. The follower is disposed with it.</summary>
    public static async ValueTask<Outcome<ReadOnlyMemory<byte>>> ReadAsync(
        Caller caller, StreamFollower follower, int count, string[]? distinct, TimeSpan wait, bool isFull)
    {
        using var owned = follower;
        caller.Look();
        if (await follower.FindAsync(caller.Aborted) is { } absent) return absent;
        var join = new Join(follower, count, distinct);
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
        ReadStream.WriteList(json, join.Entries, isFull);
        json.Write(Encoding.UTF8.GetBytes($",\"next_after\":\"{join.NextAfter}\"}}"));
        return json.WrittenMemory;
    }

    static string[]? ReadPointer(HttpCall call)
    {
        if (call.Query.Text("distinct") is not { } text) return null;
        var pointer = text.Length is 0 or > MaxDistinctLength ? null : JsonPointer.Parse(text);
        if (pointer is null)
            call.Errors.Add(
                "query:distinct",
                $"`distinct` is \"{InputText.Shorten(text)}\", but must be a JSON pointer such as /agent, "
                + $"of {MaxDistinctLength} characters at most.");
        return pointer;
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
