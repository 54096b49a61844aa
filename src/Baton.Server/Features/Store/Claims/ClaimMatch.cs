using System.Runtime.InteropServices;
using System.Text.Json;
using Baton.Contracts.Errors;
using Baton.JsonSchema.Values;
using Baton.Server.Features.Store.Claims.Indexes;
using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Basics.Json;

namespace Baton.Server.Features.Store.Claims;

/// <summary>The records that a claim wants, by the prefix of their keys and by scalars at JSON pointers.</summary>
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
    public ClaimTarget TargetIn(NamespaceKey namespaceKey) =>
        new(namespaceKey.WorkspaceId, namespaceKey.Namespace, ClaimTarget.NameOf(Prefix, Pointers), Matched);

    public bool Equals(ClaimMatch? other) =>
        other is not null && Prefix == other.Prefix && Matched == other.Matched
        && Pointers.SequenceEqual(other.Pointers);

    public override int GetHashCode() => HashCode.Combine(Prefix, Matched, Pointers.Count);
}
