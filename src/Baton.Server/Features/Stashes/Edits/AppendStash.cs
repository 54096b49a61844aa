using Baton.Contracts.Errors;
using Baton.Contracts.Stashes;
using Baton.Server.Features.Stashes.Contents;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Commits.Sources;

namespace Baton.Server.Features.Stashes.Edits;

/// <summary>Appends bytes to a stash: `stash.append`.</summary>
internal sealed class AppendStash(StashFeature stashes, AppendStashRequest request) : RewriteStash(stashes, request)
{
    public const string Action = "stash.append";

    byte[] _body = [];

    public override string Name => Action;

    public override Weight Weight => new(Bytes: _body.Length, Rows: 1);

    protected override long MaxGrowth(long size) => _body.Length;

    public static OperationSpec SpecOf(StashFeature stashes) => new OperationSpec<AppendStashRequest, StashInfo>(
        Action, "Appends to a stash, creating it if it is absent.",
        (request, context) => new AppendStash(stashes, request)
        {
            Actor = context.Actor,
            Precondition = context.Precondition,
        })
    {
        Description =
            "Nothing is added between: end lines with a newline. Type, expiry and settings of the stash stay.",
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
            ErrorCodes.StashTooLarge,
            ErrorCodes.SchemaViolation, ErrorCodes.StashContended,
        ],
    };

    public override void Validate(InputErrors errors) => _body = StashInput.Read(request, Options, errors);

    protected override Outcome<StashContent> Rewrite(byte[]? present, string? presentType, byte[] salt) =>
        StashContent.Of(
            present is null ? _body : [.. present, .. _body], presentType ?? StashInput.TypeOf(request), salt);
}
