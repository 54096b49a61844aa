using System.Text.Json;
using Baton.Contracts.Store;
using Baton.Server.Features.Store.Records.Patches;
using Baton.Server.Platform.Basics.Inputs;

namespace Baton.Server.Features.Store.Claims;

/// <summary>What a claim asks for, after it was checked.</summary>
/// <param name="Namespace">The namespace as its rows have it.</param>
/// <param name="Match">Which records are claimed.</param>
/// <param name="Set">The values that are put into each record, by JSON pointer. Null: none.</param>
/// <param name="Edit">The same, ready to be applied.</param>
/// <param name="LeaseSeconds">Seconds until the claim ends, unless it is renewed.</param>
/// <param name="Limit">The most records.</param>
internal sealed record ClaimWish(
    string Namespace,
    ClaimMatch Match,
    IReadOnlyDictionary<string, JsonElement>? Set,
    RecordEdit? Edit,
    long LeaseSeconds,
    int Limit)
{
    /// <summary>What a request asks for, within the bounds that it declares. Whatever else is wrong is noted.</summary>
    public static ClaimWish Of(string storedNamespace, ClaimRequest request, InputErrors errors) => new(
        storedNamespace, ClaimMatch.Of(request.Prefix ?? "", request.Match, errors), request.Set,
        EditOf(request.Set, errors), request.LeaseSeconds,
        (int)Math.Clamp(request.Limit ?? 1, 1, ClaimRequest.MaxLimit));

    /// <summary>Makes of a `set` a change of a value. Null: there is nothing to be set.</summary>
    public static RecordEdit? EditOf(IReadOnlyDictionary<string, JsonElement>? set, InputErrors errors)
    {
        if (set is null || set.Count == 0) return null;
        ClaimUndo.CheckPlaces(set.Keys, errors);
        return PointerEdit.Of(new PointerChanges { Set = set }, errors);
    }
}
