using Baton.Contracts.Errors;
using Baton.Server.Platform.Errors;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Lane;
using Baton.Server.Platform.Operations;

namespace Baton.Server.Features.Stashes;

/// <summary>
/// Makes a stash's next content from its present one, atomically. Small content is rewritten in the lane; large
/// content is rewritten while the operation is prepared, and counts if the stash still has the version it came from.
/// </summary>
internal abstract class RewriteStash(StashFinder finder, StashWriter writer, StashOptions options, string name)
    : Operation
{
    protected string StashName => name;

    readonly byte[] _salt = StashContent.NewSalt();
    StashContent? _prepared;
    long _preparedFrom;

    public override string Resource => Stash.ResourceOf(name);

    public Precondition Precondition { get; init; } = Precondition.None;

    public Provenance Provenance { get; init; } = Provenance.None;

    /// <summary>Bytes that the result may have more than present content of this size, at the most.</summary>
    protected abstract long MaxGrowth(long size);

    /// <summary>The new content from the present one, or from null where the stash is absent.</summary>
    protected abstract Outcome<StashContent> Rewrite(byte[]? present, string? contentType, byte[] salt);

    public sealed override async ValueTask<Failure?> PrepareAsync(CancellationToken cancellation)
    {
        _prepared = null;
        var live = await finder.FindAsync(Actor.WorkspaceId, name, cancellation);
        if (live is null || IsForLane(live)) return null;
        // A version that was overtaken meanwhile is prepared anew, by the answer Stale.
        if (await finder.ReadContentAsync(live, cancellation) is not { } present) return null;
        var rewritten = Rewrite(present.Content, live.ContentType, _salt);
        if (rewritten.Failure is { } failure) return failure;
        (_prepared, _preparedFrom) = (rewritten.Value, live.Version);
        return null;
    }

    public sealed override void Reads(ReadSet reads) => writer.Read(reads, Actor, name, Provenance);

    public sealed override void MoreReads(IRows rows, ReadSet reads)
    {
        var current = rows.Get(StashRow.Table, new StashKey(Actor.WorkspaceId, name));
        if (current is { DeletedAt: null } && IsForLane(current))
            reads.Add(StashVersionRow.Table, current.ContentKey);
    }

    public sealed override Outcome<Effect> Decide(Decision decision)
    {
        var current = decision.Get(StashRow.Table, new StashKey(Actor.WorkspaceId, name));
        var live = current?.IsLive(decision.Now) == true ? current : null;
        if (Precondition.Check(live?.Version ?? 0) is { } mismatch) return mismatch;
        var content = Next(decision, live);
        if (content.Failure is { } failure) return failure;
        if (content.Value!.Bytes.Length > options.MaxBytes)
            return new Failure(
                ErrorCodes.StashTooLarge,
                $"The stash would have {content.Value.Bytes.Length} bytes; {options.MaxBytes} is the most.");
        return writer.Write(
            decision, this, new StashChangeRequest(name, content.Value, Provenance) { KeepExpiry = true });
    }

    Outcome<StashContent> Next(Decision decision, StashRow? live)
    {
        if (live is null) return Rewrite(present: null, contentType: null, _salt);
        if (_prepared is not null && _preparedFrom == live.Version) return _prepared;
        if (!IsForLane(live)) return Stale.Failure;
        var version = decision.Get(StashVersionRow.Table, live.ContentKey)!;
        return Rewrite(version.Content, live.ContentType, _salt);
    }

    bool IsForLane(StashRow row) => row.Size + MaxGrowth(row.Size) <= StashOptions.MaxLaneBytes;
}
