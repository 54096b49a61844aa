using Baton.Contracts.Errors;
using Baton.Contracts.Stashes;
using Baton.Server.Features.Stashes.Contents;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane.RowSets;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Commits.Sources;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Schemas;

namespace Baton.Server.Features.Stashes;

/// <summary>Writes a stash whole: `stash.put`.</summary>
internal sealed class PutStash(StashFeature stashes, PutStashRequest request) : Operation
{
    public const string Action = "stash.put";

    readonly SchemaCheck _schema = new(stashes.Schemas, StashType.Name, request.SchemaId);
    readonly Provenance _provenance = Provenance.Of(request.Model, request.Sources);
    byte[] _body = [];
    StashContent? _content;

    public override string Name => Action;

    public override string Resource => Stash.ResourceOf(request.Name);

    public override Contention Contention => new(ErrorCodes.StashContended, [Resource]);

    public override Weight Weight => new(Bytes: _body.Length, Rows: 1);

    public Precondition Precondition { get; init; } = Precondition.None;

    public static OperationSpec SpecOf(StashFeature stashes) => new OperationSpec<PutStashRequest, StashInfo>(
        Action, "Writes a stash, creating it if it is absent.",
        (request, context) => new PutStash(stashes, request)
        {
            Actor = context.Actor,
            Precondition = context.Precondition,
        })
    {
        Description = """
            Any content of any type: bytes and type come back exactly. Every write makes the next version; the newest
            ten are kept. A PUT without `ttl` removes the expiry. With `schema_id` the content is checked now and with
            every later write, whatever its content type: what does not fit is a 422, and nothing is stored.
            """,
        IsForTransactions = true,
        Resource = (request, _) => Stash.ResourceOf(request.Name),
        Check = (request, errors) => Provenance.Check(request.Sources, errors),
        BodyLimit = options => options.StashBytes,
        Created = "The stash was created.",
        Done = "The stash has a new version.",
        HasVersion = true,
        MakesWhatIsAbsent = true,
        Errors =
        [
            ErrorCodes.VersionMismatch, ErrorCodes.WorkspaceFull, ErrorCodes.LineageUnknownSource,
            ErrorCodes.SchemaNotFound, ErrorCodes.SchemaWrongTarget, ErrorCodes.SchemaViolation,
            ErrorCodes.StashContended,
        ],
        ErrorsOfJson = [ErrorCodes.StashTooLarge],
    };

    public override void Validate(InputErrors errors) => _body = StashInput.Read(request, stashes.Options, errors);

    public override ValueTask<Decision?> PrepareAsync(CancellationToken cancellation)
    {
        _content ??= StashContent.Of(_body, StashInput.TypeOf(request), Commitment.NewSalt());
        return _schema.IsNeeded(this) ? CheckAsync(cancellation) : default;
    }

    public override void Reads(ReadSet reads)
    {
        stashes.Writer.Read(reads, Actor, request.Name, _provenance);
        _schema.Read(reads, Actor.WorkspaceId);
    }

    public override Decision Decide(UnitOfWork work)
    {
        var current = work.Get(StashRow.Table, new StashKey(Actor.WorkspaceId, request.Name));
        var live = current?.IsLive(work.Now) == true ? current : null;
        if (Precondition.Check(live?.Version ?? 0) is { } mismatch) return mismatch;
        if (_schema.Decide(work, this, live?.Schema, _body, out var schema) is { } refused) return refused;
        return stashes.Writer.Write(work, this, new StashChangeRequest(request.Name, _content!, _provenance)
        {
            TtlSeconds = request.Ttl,
            Discoverable = request.Discoverable,
            Schema = schema,
        });
    }

    async ValueTask<Decision?> CheckAsync(CancellationToken cancellation)
    {
        await _schema.PrepareAsync(this, _body, cancellation);
        return null;
    }
}
