using System.Globalization;
using Baton.Contracts.Errors;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Inputs;
using Microsoft.Net.Http.Headers;

namespace Baton.Server.Platform.Commits;

/// <summary>
/// The conditional headers of a write (RFC 9110 section 13), over versions. 0 is the version of what is absent.
/// </summary>
/// <param name="IfMatch">The version it must have; -1 for `*`: any, but present. Null: no matter.</param>
/// <param name="IfAbsent">`If-None-Match: *`: it must not be there.</param>
internal sealed record Precondition(long? IfMatch, bool IfAbsent)
{
    public static readonly Precondition None = new(IfMatch: null, IfAbsent: false);

    /// <summary>What `If-Match` takes: one version, as ETag gives it or as proxies make it; or `*`.</summary>
    public const string IfMatchPattern = """^(\*|(W/)?"[0-9]+([;-]+[a-z]+)*")$""";

    /// <summary>What `If-None-Match` of a read takes: tags of any kind, or `*`.</summary>
    public const string KnownPattern = """^(\*|(W/)?"[^"]*"([ \t]*,[ \t]*(W/)?"[^"]*")*)$""";

    const long Any = -1;

    /// <summary>What <see cref="ReadKnownVersion"/> gives for `*`: any version is known.</summary>
    public const long AnyVersion = Any;

    /// <summary>Checks the version of the thing; null if it passes.</summary>
    public Failure? Check(long currentVersion)
    {
        if (IfAbsent && currentVersion != 0) return Mismatch(currentVersion, "absent");
        return IfMatch switch
        {
            null => null,
            Any when currentVersion != 0 => null,
            Any => Mismatch(currentVersion, "present"),
            _ when IfMatch == currentVersion => null,
            _ => Mismatch(currentVersion, $"at version {IfMatch}"),
        };
    }

    /// <summary>The member `if_version` of a request in JSON: 0 is absent, null no matter.</summary>
    public static Precondition OfVersion(long? version, InputErrors errors)
    {
        if (version < 0) errors.Add("/if_version", $"`if_version` is {version}, but must be a version, or 0: absent.");
        return version switch
        {
            null => None,
            0 => new Precondition(IfMatch: null, IfAbsent: true),
            _ => new Precondition(version, IfAbsent: false),
        };
    }

    public static Precondition Read(HttpRequest request, InputErrors errors)
    {
        var ifMatch = request.Headers.IfMatch;
        var ifNoneMatch = request.Headers.IfNoneMatch;
        if (ifMatch.Count == 0 && ifNoneMatch.Count == 0) return None;
        long? version = null;
        if (ifMatch.Count > 0) version = ifMatch == "*" ? Any : ReadTag("If-Match", ifMatch.ToString(), errors);
        if (ifNoneMatch.Count > 0 && ifNoneMatch != "*")
            errors.Add(
                ErrorCodes.RequestInvalidHeader,
                "header:If-None-Match",
                "On a write If-None-Match takes only `*`: it must be absent.");
        return new Precondition(version, ifNoneMatch.Count > 0);
    }

    static long? ReadTag(string header, string text, InputErrors errors)
    {
        if (VersionOf(text) is { } version) return version;
        errors.Add(
            ErrorCodes.RequestInvalidHeader,
            "header:" + header,
            $"{header} is {InputText.Shorten(text)}, "
            + "but must be one version in double quotes, as ETag gives it: \"3\". A list of tags is not taken.");
        return null;
    }

    /// <summary>The version in an entity tag, whatever proxies made of it. Null for any other text.</summary>
    static long? VersionOf(ReadOnlySpan<char> tag) =>
        long.TryParse(TextOf(tag), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    /// <summary>
    /// What stood in an entity tag before proxies changed it: when they compress an answer, or undo that, they make
    /// `W/"3"` of `"3"`, or `"3-gzip"`, `"3--gzip"`, `"3;gzip"`, and two of them `"3-gzip-gunzip"`. A version is the
    /// same whatever its coding, so all of those name it. Empty for what is no tag.
    /// </summary>
    public static ReadOnlySpan<char> TextOf(ReadOnlySpan<char> tag)
    {
        if (tag.StartsWith("W/", StringComparison.Ordinal)) tag = tag[2..];
        if (tag is not ['"', .. var text, '"']) return [];
        while (text.LastIndexOfAny('-', ';') is >= 0 and var at && IsCoding(text[(at + 1)..]))
            text = text[..at].TrimEnd("-;");
        return text;
    }

    static bool IsCoding(ReadOnlySpan<char> text) =>
        text is "gzip" or "gunzip" or "br" or "deflate" or "zstd" or "compress";

    /// <summary>
    /// `If-None-Match` of a read: the version that the caller has, <see cref="AnyVersion"/> for `*`. Null for none: a
    /// tag of somebody else's, and a list of tags, match nothing, so that the answer is whole.
    /// </summary>
    public static long? ReadKnownVersion(HttpRequest request, InputErrors errors)
    {
        var header = request.Headers.IfNoneMatch;
        if (header.Count == 0) return null;
        // RFC 9110, section 13.1.2: `*` matches whatever is there.
        if (header == "*") return AnyVersion;
        var text = header.ToString();
        return VersionOf(text) is { } version ? version
            : EntityTagHeaderValue.TryParseList(header, out _) ? null
            : ReadTag("If-None-Match", text, errors);
    }

    static Failure Mismatch(long currentVersion, string wanted) =>
        new(
            ErrorCodes.VersionMismatch,
            $"It must be {wanted}, but {(currentVersion == 0 ? "it is absent" : $"its version is {currentVersion}")}.")
        {
            CurrentVersion = currentVersion,
        };
}
