using Baton.Contracts.Streams;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;

namespace Baton.Server.Features.Streams.Cursors;

/// <summary>What changes a consumer's cursor. Operational: durable, not in the ledger.</summary>
/// <remarks>The stream was found before, by id or by name. If it has ended since, the change came too late.</remarks>
internal abstract class CursorOperation(StreamFeature streams, StreamCursorRequest request) : Operation
{
    StreamKey _key;

    public sealed override string Resource => Stream.ResourceOf(request.Stream);

    protected StreamFeature Streams => streams;

    protected StreamCursorKey CursorKey => new(_key.WorkspaceId, _key.StreamId, request.Consumer);

    public sealed override async ValueTask<Decision?> PrepareAsync(CancellationToken cancellation)
    {
        if (await streams.Finder.FindAsync(Actor.WorkspaceId, request.Stream, cancellation) is not { } stream)
            return StreamFailures.NotFound(request.Stream);
        _key = stream.Key;
        return null;
    }

    public sealed override void Reads(ReadSet reads)
    {
        reads.Add(StreamRow.Table, _key);
        reads.Add(StreamCursorRow.Table, CursorKey);
    }

    public sealed override Decision Decide(UnitOfWork work)
    {
        var stream = work.Get(StreamRow.Table, _key);
        return stream?.IsLive(work.Now) == true
            ? Decide(work, stream, work.Get(StreamCursorRow.Table, CursorKey))
            : StreamFailures.NotFound(_key.StreamId);
    }

    /// <summary>Decides over a stream that is there.</summary>
    /// <param name="work">Where the changes go.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="cursor">The consumer's cursor as it is; null for none.</param>
    protected abstract Decision Decide(UnitOfWork work, StreamRow stream, StreamCursorRow? cursor);
}
