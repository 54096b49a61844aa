using Baton.Contracts.Errors;
using Baton.Contracts.Ledger;
using Baton.Contracts.Streams;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Time;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Schemas;
using Baton.Server.Platform.Storage.Readers;

namespace Baton.Server.Features.Streams.Entries;

/// <summary>Appends entries to a stream, all or none: `stream.append`.</summary>
internal sealed class AppendToStream(StreamFeature streams, AppendToStreamRequest request) : Operation
{
    public const string Action = "stream.append";

    NewEntry[] _entries = [];
    byte[] _salt = [];
    byte[] _commitment = [];
    long _bytes;

    // The schema that the entries were checked by, and what came out; and one that only the lane saw.
    BoundSchema? _checkedBy;
    Failure? _violation;
    BoundSchema? _seen;

    // Of a stream that rejects what is too much and lets go what is too old: only the lane can tell whether it is full.
    StreamKey? _bounded;
    long _liveFirst;

    public override string Name => Action;

    public override string Resource => Stream.ResourceOf(request.Stream);

    public override Weight Weight => new(
        Bytes: request.Entries?.Length ?? _entries.Sum(entry => entry.Data.Length), Rows: _entries.Length);

    public Precondition Precondition { get; init; } = Precondition.None;

    StreamRef Ref => new(Actor.WorkspaceId, request.Stream);

    public static OperationSpec SpecOf(StreamFeature streams) => new OperationSpec<AppendToStreamRequest, Appended>(
        Action, "Appends one entry to a stream, or several, all or none.",
        (request, context) => new AppendToStream(streams, request)
        {
            Actor = context.Actor,
            Precondition = context.Precondition,
        })
    {
        Description = """
            The body is an entry, `{"data": …, "label": …}`, or an array of 1 to 1 000 of them. Entries count 1, 2, 3 …
            per stream without gaps; `data` is any JSON and comes back byte for byte. A full stream answers 409, or,
            with `overflow: prune`, lets its oldest entries go in the same commit. Where the stream is bound to a schema
            every `data` must fit it: else 422 with a pointer into the request, and nothing is stored.
            """,
        IsForTransactions = true,
        Resource = (request, _) => Stream.ResourceOf(request.Stream),
        Created = "The entries are appended.",
        HasVersion = true,
        Errors =
        [
            ErrorCodes.StreamNotFound, ErrorCodes.StreamFull, ErrorCodes.WorkspaceFull, ErrorCodes.VersionMismatch,
            ErrorCodes.SchemaViolation, ErrorCodes.StreamContended,
        ],
    };

    public override Contention Contention => new(ErrorCodes.StreamContended, [Resource]);

    public override void Validate(InputErrors errors) =>
        _entries = EntryBody.Read(request, streams.MaxEntryBytes, errors);

    public override ValueTask<Decision?> PrepareAsync(CancellationToken cancellation)
    {
        if (_salt.Length == 0)
        {
            _salt = Commitment.NewSalt();
            _commitment = StreamCommitment.Of(_salt, Array.ConvertAll(_entries, entry => entry.Data));
            _bytes = _entries.Sum(entry => (long)entry.Data.Length + StreamOptions.EntryOverheadBytes);
        }

        // Most streams are bound to nothing, and their appends wait for nothing; the lane has the last word.
        var schema = _seen ?? streams.Schemas.Guesses.Find(Actor.WorkspaceId, Resource);
        return schema is null ? default : CheckAsync(schema, cancellation);
    }

    public override void Reads(ReadSet reads)
    {
        _bounded = null;
        if (Ref.Find(reads) is not { MaxEntries: not null, RetentionSeconds: not null, IsPruning: false } row) return;
        _bounded = row.Key;
        // It looks for the oldest entry whose time is not over: those that a transaction adds are younger.
        reads.Query(QueryAsync, holds: true);
    }

    async ValueTask QueryAsync(ReadSession session, long now)
    {
        var row = await streams.Finder.SelectAsync(session, _bounded!.Value, CancellationToken.None);
        _liveFirst = row is null ? 0 : await StreamFinder.FirstLiveAsync(session, row, now, CancellationToken.None);
    }

    public override Decision Decide(UnitOfWork work)
    {
        var live = Ref.Find(work);
        if (Precondition.Check(live?.Version ?? 0) is { } mismatch) return mismatch;
        if (live is null) return StreamFailures.NotFound(request.Stream);
        if (CheckSchema(live.Schema) is { } unfit) return unfit;
        work.AddBytes(_bytes);
        if (work.WorkspaceBytes > streams.WorkspaceBytes)
            return new Failure(ErrorCodes.WorkspaceFull, $"The workspace may hold {streams.WorkspaceBytes} bytes.");
        var last = live.LastEntry + _entries.Length;
        var before = live;
        if (live.Key == _bounded && last - live.FirstEntry >= live.MaxEntries)
            live = StreamWriter.Retain(work, live, _liveFirst);
        var first = FirstToKeep(live, last);
        if (first.Failure is { } full) return full;

        var seq = work.Record(
            Action, live.Resource, live.Version + 1, DetailOf(live, last, first.Value - live.FirstEntry), _commitment);
        var rows = NewRows(work, live, seq);
        var row = live with { Version = live.Version + 1, LastEntry = last, UpdatedSeq = seq };
        if (first.Value > live.FirstEntry) row = StreamWriter.Hide(work, row, first.Value);
        if (row is { RetentionSeconds: not null, RetainAt: null })
            row = row with { RetainAt = StreamWriter.RetainAt(row, work.Now, work.Now) };
        row = StreamWriter.Renew(row, work.Now);
        streams.Writer.Put(work, before, row, rows);
        var answer = new Appended
        {
            StreamId = row.StreamId,
            EntryId = last,
            First = live.LastEntry + 1,
            Last = last,
            Count = _entries.Length,
            CreatedAt = Micros.ToTime(work.Now),
            CreatedBy = Actor.Name,
        };
        return new Effect(answer, row.Version, Created: true);
    }

    async ValueTask<Decision?> CheckAsync(BoundSchema schema, CancellationToken cancellation)
    {
        var violations = new List<ProblemItem>();
        Failure? first = null;
        foreach (var entry in _entries)
        {
            var failure = await streams.Schemas.CheckAsync(
                Actor.WorkspaceId, schema, entry.Data, entry.Pointer + "/data", cancellation);
            first ??= failure;
            violations.AddRange(failure?.Errors ?? []);
            if (violations.Count >= SchemaFailures.MaxViolations) break;
        }

        _checkedBy = schema;
        _violation = first is null ? null : first with { Errors = [.. violations.Take(SchemaFailures.MaxViolations)] };
        return null;
    }

    /// <summary>Why the entries do not fit the stream's schema, or are yet to be checked by it; or null.</summary>
    Decision? CheckSchema(BoundSchema? schema)
    {
        if (schema == _checkedBy) return Decision.OfAny(_violation);
        streams.Schemas.Guesses.Note(Actor.WorkspaceId, Resource, schema);
        if (schema is null) return null;
        _seen = schema;
        return Decision.PrepareAgain;
    }

    /// <summary>The oldest entry that is still there with the new ones, or why they do not fit.</summary>
    Outcome<long> FirstToKeep(StreamRow live, long last)
    {
        if (live.MaxEntries is not { } max) return live.FirstEntry;
        if (_entries.Length > max)
            return new Failure(
                ErrorCodes.StreamFull,
                $"The batch has {_entries.Length} entries, but the stream {live.Name} holds {max} at most.");
        if (last - live.FirstEntry + 1 <= max) return live.FirstEntry;
        if (live.IsPruning) return last - max + 1;
        return new Failure(
            ErrorCodes.StreamFull,
            $"The stream {live.Name} holds {live.Count} entries, and {max} is the most.");
    }

    StreamEntryRow[] NewRows(UnitOfWork work, StreamRow live, long seq)
    {
        var rows = new StreamEntryRow[_entries.Length];
        for (var index = 0; index < rows.Length; index++)
        {
            rows[index] = new StreamEntryRow(
                live.WorkspaceId, live.StreamId, live.LastEntry + 1 + index, seq, work.Now, Actor.Name,
                _entries[index].Label, index == 0 ? _salt : null, _entries[index].Data);
            work.Put(StreamEntryRow.Table, rows[index]);
        }

        return rows;
    }

    /// <summary>The details of the entry. The label is named if all entries have the same.</summary>
    byte[] DetailOf(StreamRow live, long last, long pruned)
    {
        var detail = new Detail().Add("count", _entries.Length).Add("first", live.LastEntry + 1).Add("last", last);
        if (_entries[0].Label is { } label && Array.TrueForAll(_entries, entry => entry.Label == label))
            detail.Add("label", label);
        if (pruned > 0) detail.Add("pruned", pruned);
        return detail.ToBytes();
    }
}
