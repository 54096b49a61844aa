using Baton.Contracts.Errors;
using Baton.Contracts.Stashes;
using Baton.Server.Features.Stashes.Contents;
using Baton.Server.Features.Stashes.Versions;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Commits.Sources;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Schemas;

namespace Baton.Server.Features.Stashes.Edits;

/// <summary>
/// Makes the next content of a stash from its present one, atomically. Small content is rewritten in the lane. Large
/// content, and content that a schema checks, is rewritten while the operation is prepared; the result is used if the
/// stash still has the content that it was made from.
/// </summary>
internal abstract class RewriteStash(StashFeature stashes, StashWriteRequest request) : Operation
{
    protected string StashName => request.Name;

    protected StashOptions Options => stashes.Options;

    readonly byte[] _salt = Commitment.NewSalt();
    readonly Provenance _provenance = Provenance.Of(request.Model, request.Sources);
    readonly SchemaCheck _schema = new(stashes.Schemas, StashType.Name, wanted: null);
    bool _takesTurns;

    // The result, and the content that it was made from. The same content gives the same result, whatever its version.
    (StashRow From, Outcome<StashContent> Next)? _prepared;
    bool _isPrepared;

    // The content that the lane found and that was not prepared for: in a transaction, what an operation before this
    // one has written.
    (StashRow Live, StashVersionRow? Content)? _seen;

    public override string Resource => Stash.ResourceOf(StashName);

    public override Contention Contention => new(ErrorCodes.StashContended, [Resource]);

    public Precondition Precondition { get; init; } = Precondition.None;

    /// <summary>The most bytes by which the result may be longer than present content of this size.</summary>
    protected abstract long MaxGrowth(long size);

    /// <summary>The new content, made from the present one; null: the stash does not exist.</summary>
    protected abstract Outcome<StashContent> Rewrite(byte[]? present, string? contentType, byte[] salt);

    public sealed override async ValueTask<Decision?> PrepareAsync(CancellationToken cancellation)
    {
        if (_schema.HasSeen)
        {
            await _schema.PrepareAsync(this, document: default, cancellation);
            return null;
        }

        // What was prepared may be right still, where another part of a transaction has to be prepared anew.
        if (_isPrepared && _seen is null) return null;
        _prepared = null;
        var live = _seen?.Live ?? await stashes.Finder.FindAsync(Actor.WorkspaceId, StashName, cancellation);
        if (live is null || (live.Schema is null && IsForLane(live))) return null;
        // Writers of a bound stash would always spoil each other's work, so they take turns from the start.
        if (live.Schema is not null && !_takesTurns)
        {
            _takesTurns = true;
            return Decision.PrepareAgain;
        }

        // A version that was overtaken meanwhile is prepared again.
        var present = _seen?.Content ?? await stashes.Finder.ReadContentAsync(live, cancellation);
        _seen = null;
        if (present is null) return null;
        // A failure waits for its turn in the lane: an answer kept for an Idempotency-Key goes before it.
        var next = Rewrite(present.Content, live.ContentType, _salt);
        (_prepared, _isPrepared) = ((live, next), true);
        if (next.Value is { } content && live.Schema is not null)
            await _schema.PrepareAsync(this, content.Bytes, cancellation);
        return null;
    }

    public sealed override void Reads(ReadSet reads)
    {
        stashes.Writer.Read(reads, Actor, StashName, _provenance);
        var current = reads.Find(StashRow.Table, new StashKey(Actor.WorkspaceId, StashName));
        if (current is { DeletedAt: null } && IsForLane(current))
            reads.Add(
                StashVersionRow.Table, current.ContentKey, current, static (row, stash) => row.IsNewestOf(stash));
    }

    public sealed override Decision Decide(UnitOfWork work)
    {
        var current = work.Get(StashRow.Table, new StashKey(Actor.WorkspaceId, StashName));
        var live = current?.IsLive(work.Now) == true ? current : null;
        if (Precondition.Check(live?.Version ?? 0) is { } mismatch) return mismatch;
        if (Next(work, live) is not { } next) return Decision.PrepareAgain;
        if (next.Failure is { } failure) return failure;
        var content = next.Value!;
        if (content.Bytes.Length > Options.MaxBytes)
            return new Failure(
                ErrorCodes.StashTooLarge,
                $"The stash would have {content.Bytes.Length} bytes; {Options.MaxBytes} is the most.");
        if (_schema.Decide(work, this, live?.Schema, content.Bytes, out var schema) is { } refused) return refused;
        return stashes.Writer.Write(work, this, new StashChangeRequest(StashName, content, _provenance)
        {
            KeepExpiry = true,
            Schema = schema,
        });
    }

    /// <summary>The new content; null where it has to be prepared.</summary>
    Outcome<StashContent>? Next(UnitOfWork work, StashRow? live)
    {
        if (live is null) return Rewrite(present: null, contentType: null, _salt);
        if (_prepared is { } prepared && IsSame(prepared.From, live)) return prepared.Next;
        if (!IsForLane(live))
        {
            _seen = (live, work.Peek(StashVersionRow.Table, live.ContentKey));
            return null;
        }

        var version = work.Get(StashVersionRow.Table, live.ContentKey)!;
        return Rewrite(version.Content, live.ContentType, _salt);
    }

    static bool IsSame(StashRow one, StashRow other) =>
        one.ContentType == other.ContentType && one.Digest.AsSpan().SequenceEqual(other.Digest);

    bool IsForLane(StashRow row) => row.Size + MaxGrowth(row.Size) <= StashOptions.MaxLaneBytes;
}
