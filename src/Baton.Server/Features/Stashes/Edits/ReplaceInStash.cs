using System.Text;
using Baton.Contracts.Errors;
using Baton.Contracts.Stashes;
using Baton.Server.Features.Stashes.Contents;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Commits.Operations;
using Baton.Server.Platform.Commits.Sources;

namespace Baton.Server.Features.Stashes.Edits;

/// <summary>Replaces text in a stash: `stash.replace`.</summary>
internal sealed class ReplaceInStash(StashFeature stashes, ReplaceInStashRequest request)
    : RewriteStash(stashes, request)
{
    public const string Action = "stash.replace";

    static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public override string Name => Action;

    public override Weight Weight => new(Bytes: request.Old.Length + request.New.Length, Rows: 1);

    protected override long MaxGrowth(long size) =>
        Encoding.UTF8.GetByteCount(request.New) * (request.All ? size / Encoding.UTF8.GetByteCount(request.Old) : 1);

    public static OperationSpec SpecOf(StashFeature stashes) => new OperationSpec<ReplaceInStashRequest, StashInfo>(
        Action, "Replaces a text in a stash by another.",
        (request, context) => new ReplaceInStash(stashes, request)
        {
            Actor = context.Actor,
            Precondition = context.Precondition,
        })
    {
        Description = "Without `all` the text must occur exactly once. The stash must hold UTF-8 text.",
        IsForTransactions = true,
        Resource = (request, _) => Stash.ResourceOf(request.Name),
        Check = (request, errors) => Provenance.Check(request.Sources, errors),
        Done = "The stash has a new version.",
        HasVersion = true,
        Errors =
        [
            ErrorCodes.StashNotFound, ErrorCodes.StashTextNotFound, ErrorCodes.StashTextAmbiguous,
            ErrorCodes.StashNotText,
            ErrorCodes.VersionMismatch, ErrorCodes.WorkspaceFull, ErrorCodes.LineageUnknownSource,
            ErrorCodes.StashTooLarge,
            ErrorCodes.SchemaViolation, ErrorCodes.StashContended,
        ],
    };

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

    /// <summary>
    /// The failure if the result would be too large. It is found before the result is made: replacing a short text by a
    /// long one could need any amount of memory.
    /// </summary>
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
