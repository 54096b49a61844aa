using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Baton.Contracts.Errors;
using Baton.Contracts.Json;
using Baton.JsonSchema.Values;
using Baton.Server.Platform.Basics.Inputs;

namespace Baton.Server.Platform.Basics.Json;

/// <summary>Parses JSON bodies strictly, and says where and how one is wrong.</summary>
internal static class JsonBodies
{
    const string NotText = "A string of the body is not valid Unicode text (half of a surrogate pair).";

    public const string MediaType = "application/json";

    /// <summary>Whether a content type says that the body is JSON, such as `application/merge-patch+json`.</summary>
    public static bool IsJson(string? contentType) =>
        MediaOf(contentType) is { } media
        && (media.Equals(MediaType, StringComparison.OrdinalIgnoreCase)
            || media.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a content type is of a media type, whatever its parameters.</summary>
    public static bool IsMedia(string? contentType, string mediaType) =>
        MediaOf(contentType)?.Equals(mediaType, StringComparison.OrdinalIgnoreCase) == true;

    static string? MediaOf(string? contentType)
    {
        if (contentType is null) return null;
        var end = contentType.IndexOf(';', StringComparison.Ordinal);
        return (end < 0 ? contentType : contentType[..end]).Trim();
    }

    /// <summary>
    /// Why bytes are not valid text; null if they are. Every body that is said to be JSON is checked so before any part
    /// of it is read as text.
    /// </summary>
    public static Failure? CheckText(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith("\uFEFF"u8))
            return Invalid("", "The body begins with a byte order mark (EF BB BF), which is no JSON: leave it out.");
        return Utf8.IsValid(body) ? null : Invalid("", "The body is not UTF-8.");
    }

    /// <summary>Parses what <see cref="CheckText"/> found to be text.</summary>
    public static Outcome<T> Parse<T>(ReadOnlySpan<byte> body)
        where T : class
    {
        var parsed = Parse(body, BatonJson.Options.GetTypeInfo(typeof(T)));
        return parsed.Failure is { } failure ? failure : (T)parsed.Value!;
    }

    /// <summary>As <see cref="Parse{T}"/>, of a type as it is known there.</summary>
    public static Outcome<object> Parse(ReadOnlySpan<byte> body, JsonTypeInfo type)
    {
        try
        {
            if (JsonSerializer.Deserialize(body, type) is { } value) return Outcome.Of(value);
            return Invalid("", "The body is null, but must be a JSON object.");
        }
        catch (JsonException failure)
        {
            var known = ObjectAt(type, failure.Path).Properties.Select(property => property.Name);
            return Invalid(Pointer(failure.Path), Explain(failure, known));
        }
        catch (Exception failure) when (failure is DecoderFallbackException or InvalidOperationException)
        {
            // System.Text.Json reports text that is not valid UTF-16, such as a lone surrogate escape, by this
            // exception.
            return Invalid("", NotText);
        }
    }

    /// <summary>The object that holds the member at a path.</summary>
    static JsonTypeInfo ObjectAt(JsonTypeInfo type, string? path)
    {
        foreach (var name in Parts(path).SkipLast(1))
        {
            if (type.Properties.FirstOrDefault(property => property.Name == name) is { } member)
                type = type.Options.GetTypeInfo(member.PropertyType);
            else if (type.ElementType is { } element)
                type = type.Options.GetTypeInfo(element);
        }

        return type;
    }

    static Failure Invalid(string pointer, string message)
    {
        var errors = new InputErrors();
        errors.Add(ErrorCodes.RequestInvalidJson, pointer, message);
        return errors.ToFailure();
    }

    /// <summary>The messages of System.Text.Json name .NET types. Ours name only members.</summary>
    static string Explain(JsonException failure, IEnumerable<string> known)
    {
        var message = failure.Message;
        if (message.Contains("could not be mapped", StringComparison.Ordinal))
        {
            var name = Between(message, "The JSON property '", "'");
            var nearest = NearestName.Of(name, known);
            return nearest is null
                ? $"There is no member \"{InputText.Shorten(name)}\"; known here: {string.Join(", ", known)}."
                : $"There is no member \"{InputText.Shorten(name)}\"; did you mean \"{nearest}\"?";
        }

        if (message.Contains("missing required properties", StringComparison.Ordinal))
            return $"Required members are missing: {message[(message.LastIndexOf(':') + 1)..].Trim()}";
        if (message.Contains("uplicate propert", StringComparison.Ordinal)) return "A member is given twice.";
        if (message.Contains("could not be converted", StringComparison.Ordinal))
            return "The value has the wrong type.";
        if (message.Contains("maximum configured depth", StringComparison.Ordinal))
            return $"The body has more than {BatonJson.Options.MaxDepth} levels of objects and arrays.";
        if (message.Contains("null values", StringComparison.Ordinal)) return "The value must not be null.";
        if (failure.LineNumber is { } line)
            return $"The body is not JSON at line {line + 1}, byte {failure.BytePositionInLine + 1}.";
        return "The body is not JSON.";
    }

    static string Between(string text, string before, string after)
    {
        var start = text.IndexOf(before, StringComparison.Ordinal);
        if (start < 0) return "";
        start += before.Length;
        var end = text.IndexOf(after, start, StringComparison.Ordinal);
        return end < 0 ? "" : text[start..end];
    }

    /// <summary>From System.Text.Json's path `$.rate_limit.requests` to the pointer `/rate_limit/requests`.</summary>
    static string Pointer(string? path) => JsonPointer.Of(Parts(path));

    static string[] Parts(string? path) =>
        path?.TrimStart('$').Split(['.', '[', ']', '\''], StringSplitOptions.RemoveEmptyEntries) ?? [];
}
