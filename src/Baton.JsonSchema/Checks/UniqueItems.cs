using Baton.JsonSchema.Documents;
using Baton.JsonSchema.Values;

namespace Baton.JsonSchema.Checks;

/// <summary>
/// `uniqueItems`: by hashes, so that it takes as long as the array has tokens, not items times items.
/// </summary>
internal static class UniqueItems
{
    /// <summary>With up to this many items, comparing all pairs is faster.</summary>
    const int MaxPaired = 8;

    public static bool Accepts(ref Evaluation evaluation, int token)
    {
        var view = evaluation.Document;
        var count = view[token].Size;
        if (count < 2) return true;
        var looks = count <= MaxPaired ? count : 1;
        if (!evaluation.Spend(token, (long)view.Extent(token) * looks)) return false;
        if (!evaluation.SpendText(token, (long)view.TextBytes(token) * looks)) return false;
        var (first, second) = count <= MaxPaired ? FindPair(view, token) : FindPairByHash(view, token);
        return second < 0 || evaluation.Violations.Refuse(
            second,
            "uniqueItems",
            $"{Excerpt.Of(view, second)} stands twice in this array, first at '{view.PointerOf(first)}': keep one.");
    }

    static (int First, int Second) FindPair(JsonView view, int token)
    {
        var end = view.After(token);
        for (var item = token + 1; item < end; item = view.After(item))
        {
            for (var before = token + 1; before < item; before = view.After(before))
            {
                if (JsonEquality.Equal(view, before, view, item)) return (before, item);
            }
        }

        return (-1, -1);
    }

    static (int First, int Second) FindPairByHash(JsonView view, int token)
    {
        using var index = new HashIndex(view[token].Size);
        var end = view.After(token);
        for (var item = token + 1; item < end; item = view.After(item))
        {
            var probe = index.Probe(JsonEquality.Hash(view, item));
            while (probe.Next(out var before))
            {
                if (JsonEquality.Equal(view, before, view, item)) return (before, item);
            }

            probe.Insert(item);
        }

        return (-1, -1);
    }
}
