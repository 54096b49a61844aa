using System.Runtime.InteropServices;
using System.Text.Json;
using Baton.Contracts.Errors;
using Baton.JsonSchema.Values;
using Baton.Server.Features.Store.Claims.Indexes;
using Baton.Server.Features.Store.Namespaces;
using Baton.Server.Features.Store.Records.Addresses;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Json;

namespace Baton.Server.Features.Store.Claims;

/// <summary>
/// Which records a claim is for: those whose keys begin with a prefix, and which have given scalars at given JSON
/// pointers.
/// </summary>
/// <param name="Prefix">What the keys begin with. Empty: all keys.</param>
/// <param name="Pointers">The JSON pointers, in ordinal order.</param>
/// <param name="Matched">The scalars at the pointers, as <see cref="MatchedValues"/> makes one text of them.</param>
internal sealed record ClaimMatch(string Prefix, IReadOnlyList<string> Pointers, string Matched)
{
    public const int MaxPointers = 8;
    public const int MaxPointerLength = 256;

    /// <summary>The match that a request asks for. What is wrong with it is noted.</summary>
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

    /// <summary>The target that all claims by this match have, which wait for something in a namespace.</summary>
    public ClaimTarget TargetIn(NamespaceKey namespaceKey) =>
        new(namespaceKey.WorkspaceId, namespaceKey.Namespace, ClaimTarget.NameOf(Prefix, Pointers), Matched);

    public bool Equals(ClaimMatch? other) =>
        other is not null && Prefix == other.Prefix && Matched == other.Matched
        && Pointers.SequenceEqual(other.Pointers);

    public override int GetHashCode() => HashCode.Combine(Prefix, Matched, Pointers.Count);
}
