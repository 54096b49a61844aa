using System.Globalization;
using Baton.Contracts.Errors;
using Baton.Server.Platform.Errors;

namespace Baton.Server.Platform.Http;

/// <summary>
/// The conditional headers of a write (RFC 9110 section 13), over versions. 0 is the version of what is absent.
/// </summary>
/// <param name="IfMatch">The version it must have; -1 for `*`: any, but present. Null: no matter.</param>
/// <param name="IfAbsent">`If-None-Match: *`: it must not be there.</param>
internal sealed record Precondition(long? IfMatch, bool IfAbsent)
{
    public static readonly Precondition None = new(IfMatch: null, IfAbsent: false);

    const long Any = -1;

    /// <summary>What <see cref="ReadKnownVersion"/> gives for `*`: any version is known.</summary>
    public const long AnyVersion = Any;

    /// <summary>Null when the version passes.</summary>
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

    /// <summary>A strong entity tag that holds a version: `"3"`.</summary>
    public static long? ReadTag(string header, string text, InputErrors errors)
    {
        if (text.Length > 2 && text[0] == '"' && text[^1] == '"'
            && long.TryParse(
                text.AsSpan(1, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return version;
        errors.Add(
            ErrorCodes.RequestInvalidHeader,
            "header:" + header,
            $"{header} is {QueryReader.Shorten(text)}, "
            + "but must be one version in double quotes, as ETag gives it: \"3\".");
        return null;
    }

    /// <summary>`If-None-Match` of a read: the version that the caller has; null for none.</summary>
    public static long? ReadKnownVersion(Call call)
    {
        var tag = call.Http.Request.Headers.IfNoneMatch;
        if (tag.Count == 0) return null;
        // RFC 9110, 13.1.2: `*` matches whatever is there, and the comparison is weak: proxies weaken tags.
        var text = tag.ToString();
        if (text == "*") return AnyVersion;
        var strong = text.StartsWith("W/", StringComparison.Ordinal) ? text[2..] : text;
        return ReadTag("If-None-Match", strong, call.Errors);
    }

    static Failure Mismatch(long currentVersion, string wanted) =>
        new(
            ErrorCodes.VersionMismatch,
            $"It must be {wanted}, but {(currentVersion == 0 ? "it is absent" : $"its version is {currentVersion}")}.")
        {
            CurrentVersion = currentVersion,
        };
}
