using System.Text.Json;
using Baton.Contracts.Store;
using Baton.Server.Features.Store.Records.Patches;
using Baton.Server.Platform.Basics;

namespace Baton.Server.Features.Store.Claims;

/// <summary>What a claim asks for, checked.</summary>
/// <param name="Namespace">As the rows have it.</param>
/// <param name="Match">Which records.</param>
/// <param name="Set">What is put into them; null for nothing.</param>
/// <param name="Edit">The same, ready to be applied.</param>
/// <param name="LeaseSeconds">For how long.</param>
/// <param name="Limit">How many at the most.</param>
internal sealed record ClaimWish(
    string Namespace,
    ClaimMatch Match,
    IReadOnlyDictionary<string, JsonElement>? Set,
    RecordEdit? Edit,
    long LeaseSeconds,
    int Limit)
{
    /// <summary>As a request says, within the bounds that it declares; what else is wrong is noted.</summary>
    public static ClaimWish Of(string storedNamespace, ClaimRequest request, InputErrors errors) => new(
        storedNamespace, ClaimMatch.Of(request.Prefix ?? "", request.Match, errors), request.Set,
        EditOf(request.Set, errors), request.LeaseSeconds,
        (int)Math.Clamp(request.Limit ?? 1, 1, ClaimRequest.MaxLimit));

    /// <summary>A `set` as a change of a value; null for none.</summary>
    public static RecordEdit? EditOf(IReadOnlyDictionary<string, JsonElement>? set, InputErrors errors)
    {
        if (set is null || set.Count == 0) return null;
        ClaimUndo.CheckPlaces(set.Keys, errors);
        return PointerEdit.Of(new PointerChanges { Set = set }, errors);
    }
}
