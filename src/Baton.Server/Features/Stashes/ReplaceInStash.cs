using System.Text;
using Baton.Contracts.Errors;
using Baton.Contracts.Stashes;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Commits;
using Baton.Server.Platform.Http;

namespace Baton.Server.Features.Stashes;

/// <summary>Replaces text in a stash: `stash.replace`.</summary>
internal sealed class ReplaceInStash(StashFeature stashes, string name, ReplaceRequest request)
    : RewriteStash(stashes, name)
{
    public const string Action = "stash.replace";

    static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public override string Name => Action;

    public override int WeightBytes => request.Old.Length + request.New.Length;

    protected override long MaxGrowth(long size) =>
        Encoding.UTF8.GetByteCount(request.New) * (request.All ? size / Encoding.UTF8.GetByteCount(request.Old) : 1);

    public static RouteSpec Spec { get; } = new(Action, "Replaces a text in a stash by another.")
    {
        Description = "Without `all` the text must occur exactly once. The stash must hold UTF-8 text.",
        IsMutation = true,
        Resource = StashRoutes.ResourceOf,
        Path = [StashRoutes.Name],
        Headers = [StashRoutes.IfMatch, ProvenanceHeaders.Model, ProvenanceHeaders.Sources],
        Body = BodySpec.Json<ReplaceRequest>(),
        Answers = [AnswerSpec.Json<StashInfo>(200, "The stash has a new version.", "Baton-Seq", "ETag")],
        Errors =
        [
            ErrorCodes.StashNotFound, ErrorCodes.StashTextNotFound, ErrorCodes.StashTextAmbiguous,
            ErrorCodes.StashNotText,
            ErrorCodes.VersionMismatch, ErrorCodes.WorkspaceFull, ErrorCodes.LineageUnknownSource,
            ErrorCodes.StashTooLarge,
            ErrorCodes.SchemaViolation, ErrorCodes.StashContended,
        ],
    };

    public static async ValueTask<Failure?> HandleAsync(HttpCall call, StashFeature stashes)
    {
        var name = StashRoutes.ReadName(call);
        var precondition = Precondition.Read(call.Http.Request, call.Errors);
        var provenance = ProvenanceHeaders.Read(call);
        if (call.Errors.Any) return call.Errors.ToFailure();
        var body = await call.ReadJsonAsync<ReplaceRequest>();
        if (body.Failure is { } failure) return failure;
        return await call.CommitAsync(new ReplaceInStash(stashes, name, body.Value!)
        {
            Actor = call.Actor,
            Precondition = precondition,
            Provenance = provenance,
        });
    }

    public override void Validate(InputErrors errors)
    {
        if (request.Old.Length == 0)
            errors.Add("/old", "The text to find is empty, but must have at least one character.");
    }

    protected override Outcome<StashContent> Rewrite(byte[]? present, string? contentType, byte[] salt)
    {
        if (present is null) return StashFailures.NotFound(StashName);
        if (!TryDecode(present, out var text)) return new Failure(ErrorCodes.StashNotText);
        var first = text.IndexOf(request.Old, StringComparison.Ordinal);
        if (first < 0)
            return new Failure(ErrorCodes.StashTextNotFound, $"\"{InputText.Shorten(request.Old)}\" does not occur.");
        var next = text.IndexOf(request.Old, first + 1, StringComparison.Ordinal);
        if (next >= 0 && !request.All)
            return new Failure(
                ErrorCodes.StashTextAmbiguous, $"\"{InputText.Shorten(request.Old)}\" occurs more than once.");
        if (TooLarge(text) is { } tooLarge) return tooLarge;
        var replaced = request.All
            ? text.Replace(request.Old, request.New, StringComparison.Ordinal)
            : string.Concat(text.AsSpan(0, first), request.New, text.AsSpan(first + request.Old.Length));
        return StashContent.Of(s_strict.GetBytes(replaced), contentType!, salt);
    }

    /// <summary>Known before it is made: a short text replaced by a long one could need any amount of memory.</summary>
    Failure? TooLarge(string text)
    {
        var count = request.All ? text.AsSpan().Count(request.Old) : 1;
        var size = text.Length + ((long)count * (request.New.Length - request.Old.Length));
        return size <= Options.MaxBytes
            ? null
            : new Failure(
                ErrorCodes.StashTooLarge, $"The stash would have more than {Options.MaxBytes} bytes.");
    }

    static bool TryDecode(byte[] bytes, out string text)
    {
        try
        {
            text = s_strict.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }
}
