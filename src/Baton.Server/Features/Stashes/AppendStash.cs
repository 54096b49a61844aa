using Baton.Contracts.Errors;
using Baton.Contracts.Stashes;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Http;

namespace Baton.Server.Features.Stashes;

/// <summary>Appends bytes to a stash: `stash.append`.</summary>
internal sealed class AppendStash(StashFeature stashes, string name, byte[] body, string contentType)
    : RewriteStash(stashes, name)
{
    public const string Action = "stash.append";

    public override string Name => Action;

    public override int WeightBytes => body.Length;

    protected override long MaxGrowth(long size) => body.Length;

    public static RouteSpec Spec { get; } = new(
        Action, "Appends the body's bytes to a stash, creating it if it is absent.")
    {
        Description =
            "Nothing is added between: end lines with a newline. Type, expiry and settings of the stash stay.",
        IsMutation = true,
        Resource = StashRoutes.ResourceOf,
        Path = [StashRoutes.Name],
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
            ErrorCodes.StashTooLarge,
            ErrorCodes.SchemaViolation, ErrorCodes.StashContended,
        ],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call, StashFeature stashes)
    {
        var name = StashRoutes.ReadName(call);
        var contentType = StashRoutes.ReadContentType(call);
        var precondition = Precondition.Read(call.Http.Request, call.Errors);
        var provenance = ProvenanceHeaders.Read(call);
        if (call.Errors.Any) return call.Errors.ToFailure();
        var body = await call.ReadBodyAsync();
        if (body.Failure is { } failure) return failure;
        return await call.CommitAsync(new AppendStash(stashes, name, body.Value!, contentType)
        {
            Actor = call.Actor,
            Precondition = precondition,
            Provenance = provenance,
        });
    }

    protected override Outcome<StashContent> Rewrite(byte[]? present, string? presentType, byte[] salt) =>
        StashContent.Of(present is null ? body : [.. present, .. body], presentType ?? contentType, salt);
}
