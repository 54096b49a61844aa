using Baton.Contracts.Errors;
using Baton.Contracts.Stashes;
using Baton.Server.Platform.Errors;
using Baton.Server.Platform.Http;
using Baton.Server.Platform.Lane;
using Baton.Server.Platform.Operations;

namespace Baton.Server.Features.Stashes;

/// <summary>Writes a stash whole: `stash.put`.</summary>
internal sealed class PutStash(StashWriter writer, string name, byte[] body, string contentType) : Operation
{
    public const string Action = "stash.put";

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
            ten are kept. A PUT without `ttl` removes the expiry.
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
            new("discoverable", "boolean", "Whether discovery shows it; stays until changed, false at first."),
        ],
        Headers = [StashRoutes.IfMatch, StashRoutes.IfNoneMatch, Provenance.ModelHeader, Provenance.SourcesHeader],
        Body = BodySpec.Bytes(options => options.StashBytes),
        Answers =
        [
            AnswerSpec.Json<StashInfo>(201, "The stash was created.", "Baton-Seq", "ETag"),
            AnswerSpec.Json<StashInfo>(200, "The stash has a new version.", "Baton-Seq", "ETag"),
        ],
        Errors = [ErrorCodes.VersionMismatch, ErrorCodes.WorkspaceFull, ErrorCodes.LineageUnknownSource],
    };

    public static async ValueTask<Failure?> HandleAsync(Call call, StashWriter writer)
    {
        var name = StashRoutes.ReadName(call);
        var contentType = StashRoutes.ReadContentType(call);
        var ttl = call.Query.Integer("ttl", minimum: 1, StashOptions.MaxTtlSeconds);
        var discoverable = call.Query.Boolean("discoverable");
        var precondition = Precondition.Read(call.Http.Request, call.Errors);
        var provenance = Provenance.Read(call);
        if (call.Errors.Any) return call.Errors.ToFailure();
        var body = await call.ReadBodyAsync();
        if (body.Failure is { } failure) return failure;
        return await call.CommitAsync(new PutStash(writer, name, body.Value!, contentType)
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
        _content ??= StashContent.Of(body, contentType, StashContent.NewSalt());
        return default;
    }

    public override void Reads(ReadSet reads) => writer.Read(reads, Actor, name, Provenance);

    public override Outcome<Effect> Decide(Decision decision)
    {
        var current = decision.Get(StashRow.Table, new StashKey(Actor.WorkspaceId, name));
        var version = current?.IsLive(decision.Now) == true ? current.Version : 0;
        if (Precondition.Check(version) is { } mismatch) return mismatch;
        return writer.Write(decision, this, new StashChangeRequest(name, _content!, Provenance)
        {
            TtlSeconds = TtlSeconds,
            Discoverable = Discoverable,
        });
    }
}
