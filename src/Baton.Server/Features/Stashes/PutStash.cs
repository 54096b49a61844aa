using Baton.Contracts.Errors;
using Baton.Contracts.Stashes;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Commits.Lane;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Identity;
using Baton.Server.Platform.Schemas;

namespace Baton.Server.Features.Stashes;

/// <summary>Writes a stash whole: `stash.put`.</summary>
internal sealed class PutStash(
    StashFeature stashes, string name, byte[] body, string contentType, string? schemaId) : Operation
{
    public const string Action = "stash.put";

    readonly SchemaCheck _schema = new(stashes.Schemas, StashType.Name, schemaId);
    StashContent? _content;

    public override string Name => Action;

    public override string Resource => Stash.ResourceOf(name);

    public override int WeightBytes => body.Length;

    public long? TtlSeconds { get; init; }

    public bool? Discoverable { get; init; }

    public Precondition Precondition { get; init; } = Precondition.None;

    public Provenance Provenance { get; init; } = Provenance.None;

    public static RouteSpec Spec { get; } = new(Action, "Writes a stash, creating it if it is absent.")
    {
        Description = """
            Any content of any type: bytes and type come back exactly. Every write makes the next version; the newest
            ten are kept. A PUT without `ttl` removes the expiry. With `schema_id` the content is checked now and with
            every later write, whatever its content type: what does not fit is a 422, and nothing is stored.
            """,
        IsMutation = true,
        Resource = StashRoutes.ResourceOf,
        Path = [StashRoutes.Name],
        Query =
        [
            new("ttl", "integer", "Seconds until the stash ends; without it, never.")
            {
                Minimum = 1,
                Maximum = StashOptions.MaxTtlSeconds,
            },
            new("schema_id", "string", "Binds the stash to a schema; stays until changed. Empty: unbinds it.")
            {
                Pattern = SchemaIds.PatternOrEmpty,
            },
            new("discoverable", "boolean", "Whether discovery shows it; stays until changed, false at first."),
        ],
        Headers = [StashRoutes.IfMatch, StashRoutes.IfNoneMatch, ProvenanceHeaders.Model, ProvenanceHeaders.Sources],
        Body = BodySpec.Bytes(options => options.StashBytes),
        Answers =
        [
            AnswerSpec.Json<StashInfo>(201, "The stash was created.", "Baton-Seq", "ETag"),
            AnswerSpec.Json<StashInfo>(200, "The stash has a new version.", "Baton-Seq", "ETag"),
        ],
        Errors =
        [
            ErrorCodes.VersionMismatch, ErrorCodes.WorkspaceFull, ErrorCodes.LineageUnknownSource,
            ErrorCodes.SchemaNotFound, ErrorCodes.SchemaWrongTarget, ErrorCodes.SchemaViolation,
            ErrorCodes.StashContended,
        ],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call, StashFeature stashes)
    {
        var name = StashRoutes.ReadName(call);
        var contentType = StashRoutes.ReadContentType(call);
        var ttl = call.Query.Integer("ttl", minimum: 1, StashOptions.MaxTtlSeconds);
        var discoverable = call.Query.Boolean("discoverable");
        var schemaId = SchemaIds.Read(call.Query.Text("schema_id"), "schema_id", call.Errors);
        var precondition = Precondition.Read(call.Http.Request, call.Errors);
        var provenance = ProvenanceHeaders.Read(call);
        if (call.Errors.Any) return call.Errors.ToFailure();
        var body = await call.ReadBodyAsync();
        if (body.Failure is { } failure) return failure;
        return await call.CommitAsync(new PutStash(stashes, name, body.Value!, contentType, schemaId)
        {
            Actor = call.Actor,
            TtlSeconds = ttl,
            Discoverable = discoverable,
            Precondition = precondition,
            Provenance = provenance,
        });
    }

    public override ValueTask<Failure?> PrepareAsync(CancellationToken cancellation)
    {
        _content ??= StashContent.Of(body, contentType, Commitment.NewSalt());
        return _schema.IsNeeded(this) ? CheckAsync(cancellation) : default;
    }

    public override void Reads(ReadSet reads)
    {
        stashes.Writer.Read(reads, Actor, name, Provenance);
        _schema.Read(reads, Actor.WorkspaceId);
    }

    public override Outcome<Effect> Decide(UnitOfWork work)
    {
        var current = work.Get(StashRow.Table, new StashKey(Actor.WorkspaceId, name));
        var live = current?.IsLive(work.Now) == true ? current : null;
        if (Precondition.Check(live?.Version ?? 0) is { } mismatch) return mismatch;
        if (_schema.Decide(work, this, live?.Schema, body, out var schema) is { } refused) return refused;
        return stashes.Writer.Write(work, this, new StashChangeRequest(name, _content!, Provenance)
        {
            TtlSeconds = TtlSeconds,
            Discoverable = Discoverable,
            Schema = schema,
        });
    }

    async ValueTask<Failure?> CheckAsync(CancellationToken cancellation)
    {
        await _schema.PrepareAsync(this, body, cancellation);
        return null;
    }
}
