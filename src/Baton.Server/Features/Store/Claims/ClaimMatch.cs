using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baton.Contracts.Errors;
using Baton.JsonSchema.Values;
using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Features.Store.Records;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Json;

namespace Baton.Server.Features.Store.Claims;

/// <summary>Which records a claim wants: by the prefix of their keys and scalars at JSON pointers.</summary>
/// <param name="Prefix">Empty for all keys.</param>
/// <param name="Pointers">In ordinal order.</param>
/// <param name="Matched">The scalars there, as <see cref="MatchedValues"/> makes them.</param>
internal sealed record ClaimMatch(string Prefix, IReadOnlyList<string> Pointers, string Matched)
{
    public const int MaxPointers = 8;
    public const int MaxPointerLength = 256;

    /// <summary>The match of a request; what is wrong with it is noted.</summary>
    public static ClaimMatch Of(string prefix, IReadOnlyDictionary<string, JsonElement>? match, InputErrors errors)
    {
        RecordNames.CheckPrefix(prefix, "/prefix", errors);
        var pairs = (match ?? new Dictionary<string, JsonElement>()).OrderBy(pair => pair.Key, StringComparer.Ordinal);
        if (match?.Count > MaxPointers)
            errors.Add("/match", $"There are {match.Count} pointers; {MaxPointers} is the most.");
        var scalars = new List<string>();
        foreach (var (pointer, value) in pairs)
        {
            var place = "/match/" + JsonPointer.Escape(pointer);
            if (JsonPointer.Parse(pointer) is null || pointer.Length > MaxPointerLength)
                errors.Add(
                    place, $"The name must be a JSON pointer of at most {MaxPointerLength} characters: \"/status\".");
            var json = JsonMarshal.GetRawUtf8Value(value).ToArray();
            if (JsonValues.Check(json) is { } fault)
                errors.Add(ErrorCodes.RequestInvalidJson, place + fault.Pointer, fault.Message);
            else if (MatchedValues.ScalarOf(json) is { } scalar) scalars.Add(scalar);
            else errors.Add(place, "What is compared must be a string, a number, a boolean or null.");
        }

        return new ClaimMatch(prefix, [.. pairs.Select(pair => pair.Key)], MatchedValues.Join(scalars));
    }

    /// <summary>What those who wait for the same have in common.</summary>
    public ClaimTarget TargetIn(NamespaceKey home) =>
        new(home.WorkspaceId, home.Namespace, ClaimTarget.NameOf(Prefix, Pointers), Matched);

    public bool Equals(ClaimMatch? other) =>
        other is not null && Prefix == other.Prefix && Matched == other.Matched
        && Pointers.SequenceEqual(other.Pointers);

    public override int GetHashCode() => HashCode.Combine(Prefix, Matched, Pointers.Count);
}

/// <summary>The scalars of a value at some places, as one text that is equal exactly when they are.</summary>
internal static class MatchedValues
{
    const int HashBytes = 16;

    // More digits of an exponent are no number that anybody computes with: then the text is compared.
    const int MaxExponentLength = 12;

    /// <summary>Null when one of them is absent, or no scalar.</summary>
    public static string? Of(byte[] value, IReadOnlyList<string[]> places)
    {
        if (places.Count == 0) return "";
        var root = EditableJson.Of(value);
        var scalars = new List<string>(places.Count);
        foreach (var parts in places)
        {
            if (root.At(parts) is not { } found || ScalarOf(found.Raw) is not { } scalar) return null;
            scalars.Add(scalar);
        }

        return Join(scalars);
    }

    /// <summary>A hash: values may be long, and a key may not.</summary>
    public static string Join(List<string> scalars)
    {
        if (scalars.Count == 0) return "";
        var text = new StringBuilder();
        // Each after its length, so that no two lists share their text.
        foreach (var scalar in scalars) text.Append(CultureInfo.InvariantCulture, $"{scalar.Length}:{scalar}");
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()), hash);
        return Convert.ToHexStringLower(hash[..HashBytes]);
    }

    /// <summary>
    /// The scalar with its kind; numbers by their value: 1, 1.0 and 10e-1 are one. Null for no scalar.
    /// </summary>
    public static string? ScalarOf(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.String => "s" + reader.GetString(),
            JsonTokenType.Number => "n" + NumberOf(reader.ValueSpan),
            JsonTokenType.True => "t",
            JsonTokenType.False => "f",
            JsonTokenType.Null => "z",
            _ => null,
        };
    }

    /// <summary>By its value; by its text where the exponent is too long. The index holds hashes of it.</summary>
    static string NumberOf(ReadOnlySpan<byte> text)
    {
        var mark = text.IndexOfAny((byte)'e', (byte)'E');
        return (mark < 0 || text.Length - mark <= MaxExponentLength) && DecimalText.TryParse(text, out var number)
            ? number.ToCanonical()
            : Encoding.ASCII.GetString(text);
    }
}
