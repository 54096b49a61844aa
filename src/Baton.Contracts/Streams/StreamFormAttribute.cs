using Baton.Contracts.Requests;

namespace Baton.Contracts.Streams;

/// <summary>
/// The form of what names a stream in a request: an id or a name. Every text that could be an id has it, whether or not
/// there is such a stream.
/// </summary>
public sealed class StreamFormAttribute() : TextFormAttribute(StreamPattern, StreamRule)
{
    /// <summary>The text with which every id begins.</summary>
    public const string IdPrefix = "str_";

    /// <summary>The form as a regular expression of ECMA-262.</summary>
    public const string StreamPattern =
        @"^(str_)?(?!\.+$)(?!(str|sch|msg|mem|br|trg|key|clm|ws)_)[A-Za-z0-9._-]{1,128}$";

    const string StreamRule = "the id of a stream, `str_…`, or its name: " + NameFormAttribute.NameRule;

    /// <summary>Whether a text can name a stream.</summary>
    /// <param name="text">The text.</param>
    public static bool IsStream(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return NameFormAttribute.IsName(
            text.StartsWith(IdPrefix, StringComparison.Ordinal) ? text[IdPrefix.Length..] : text);
    }

    /// <inheritdoc/>
    public override bool Fits(string text) => IsStream(text);
}
