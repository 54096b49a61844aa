using Baton.JsonSchema.Compatibility.Formulas;

namespace Baton.JsonSchema.Compatibility.Refutation;

/// <summary>
/// Arrays. Up to the largest index that a fact names, each place has claims of its own; all places behind have the
/// same. A fact that speaks of all items becomes a claim on every place, its opposite a claim that some place must
/// fulfil.
/// </summary>
internal sealed class ArrayCase
{
    const int MaxPlaces = 1000;

    /// <summary>The most items of an example: a longer one would help nobody.</summary>
    const int MaxExampleItems = 1000;

    readonly Case _case;
    readonly Refuter _refuter;
    readonly List<(long Index, Literal Item)> _at = [];
    readonly List<(long Index, Literal Item)> _from = [];
    readonly List<(long Index, Literal Item)> _somewhere = [];
    readonly List<(long Count, Literal Item)> _atLeast = [];
    readonly List<(long Count, Literal Item)> _atMost = [];
    readonly Dictionary<int, List<Literal>> _claims = [];
    bool? _isDistinct;
    SizeRange _size;

    /// <summary>The first place of the tail: it and all places behind it have the same claims.</summary>
    readonly int _tail;

    public ArrayCase(Case one, Refuter refuter)
    {
        (_case, _refuter) = (one, refuter);
        _size = SizeRange.Of(one.Facts);
        foreach (var fact in one.Facts) Sort(fact);
        var last = _at.Select(claim => claim.Index + 1).Concat(_from.Concat(_somewhere).Select(claim => claim.Index));
        var tail = last.DefaultIfEmpty(0).Max();
        if (tail > MaxPlaces) throw new UndecidableException("an array has too many places to compare");
        _tail = (int)tail;
    }

    public Opening? Open()
    {
        if (_size.IsEmpty || !FitsDistinctItems()) return null;
        if (_size.Most == 0) return _refuter.OpenByExamples(_case, [Instance.Of((IReadOnlyList<Instance>)[])]);
        // The claims that some place must fulfil are looked at first: if one of them cannot be fulfilled, the other
        // places need no look.
        if (_somewhere.Exists(claim => !Places(claim.Index).Any(place => IsPossible(place, claim.Item)))) return null;
        if (!HasRoom()) return null;
        if (_somewhere.Exists(claim => !Places(claim.Index).Any(place => IsPossible(place, claim.Item)))) return null;
        if (_atLeast.Exists(claim => CountPossible(claim.Item) < claim.Count || IsTooMany(claim))) return null;
        if (_atMost.Exists(claim => CountCertain(claim.Item) > claim.Count)) return null;
        var blamed = Blamed();
        var opening = _refuter.OpenByWitness(_case, Examples());
        return opening with
        {
            Blame = blamed?.Blame ?? opening.Blame,
            OpenMember = blamed?.OpenMember,
        };
    }

    void Sort(Literal fact)
    {
        var (formula, holds) = fact;
        switch (formula)
        {
            case ItemAt item:
                _at.Add((item.Index, new(item.Item, holds)));
                if (!holds) _size = _size.WithLeast(item.Index + 1);
                break;
            case ItemsFrom from when holds:
                _from.Add((from.Index, new(from.Item, Holds: true)));
                break;
            case ItemsFrom from:
                Somewhere(from.Index, new(from.Item, Holds: false));
                break;
            case ContainsAtLeast contains when holds:
                AtLeast(contains.Count, new(contains.Item, Holds: true));
                break;
            case ContainsAtLeast contains:
                AtMost(contains.Count - 1, new(contains.Item, Holds: true));
                break;
            case ContainsAtMost contains when holds:
                AtMost(contains.Count, new(contains.Item, Holds: true));
                break;
            case ContainsAtMost contains:
                AtLeast(contains.Count + 1, new(contains.Item, Holds: true));
                break;
            case DistinctItems:
                _isDistinct = holds;
                if (!holds) _size = _size.WithLeast(2);
                break;
        }
    }

    void Somewhere(long index, Literal item)
    {
        _somewhere.Add((index, item));
        _size = _size.WithLeast(index + 1);
    }

    void AtLeast(long count, Literal item)
    {
        if (count == 1)
            Somewhere(index: 0, item);
        else
            _atLeast.Add((count, item));
        _size = _size.WithLeast(count);
    }

    void AtMost(long count, Literal item)
    {
        if (count == 0)
            _from.Add((0, item.Opposite));
        else
            _atMost.Add((count, item));
    }

    /// <summary>What an item at this place has to fulfil; the tail stands for all places behind it.</summary>
    List<Literal> ClaimsAt(int place)
    {
        if (_claims.TryGetValue(place, out var known)) return known;
        return _claims[place] =
        [
            .. _at.Where(claim => claim.Index == place).Select(claim => claim.Item),
            .. _from.Where(claim => claim.Index <= place).Select(claim => claim.Item),
        ];
    }

    bool IsPossible(int place, params ReadOnlySpan<Literal> more) =>
        !_refuter.IsRefuted([.. ClaimsAt(place), .. more]);

    /// <summary>The places from an index on. The tail is among them once.</summary>
    IEnumerable<int> Places(long from) =>
        Enumerable.Range(0, _tail + 1).Where(place => place >= from && place < _size.Most);

    /// <summary>How many items a place stands for, at most.</summary>
    long Room(int place) => place < _tail ? 1 : _size.Most - _tail;

    /// <summary>
    /// Whether the array can have as many items as it must. It ends before the first place at which no item is
    /// possible.
    /// </summary>
    bool HasRoom()
    {
        foreach (var place in Places(0))
        {
            if (IsPossible(place)) continue;
            _size = _size.WithMost(place);
            break;
        }

        return !_size.IsEmpty;
    }

    /// <summary>
    /// Whether the facts about equal items can hold: there are no more distinct items than values, and equal items are
    /// at least two.
    /// </summary>
    bool FitsDistinctItems()
    {
        if (_isDistinct == true && CountValues(ClaimsAt(_tail)) is { } values) _size = _size.WithMost(_tail + values);
        return !_size.IsEmpty;
    }

    static long? CountValues(List<Literal> claims)
    {
        long? least = null;
        foreach (var (formula, holds) in claims)
        {
            long? count = formula switch
            {
                Listed listed when holds => listed.Values.Count,
                OfKind kind when holds && (kind.Allowed & ~(Kinds.Null | Kinds.Boolean)) == Kinds.None =>
                    (kind.Allowed.HasFlag(Kinds.Null) ? 1 : 0) + (kind.Allowed.HasFlag(Kinds.Boolean) ? 2 : 0),
                _ => null,
            };
            if (count is not null) least = Math.Min(count.Value, least ?? long.MaxValue);
        }

        return least;
    }

    long CountPossible(Literal item)
    {
        var count = 0L;
        foreach (var place in Places(0))
        {
            if (!IsPossible(place, item)) continue;
            count = count > long.MaxValue - Room(place) ? long.MaxValue : count + Room(place);
        }

        return count;
    }

    /// <summary>The number of items that must exist and that certainly fulfil a claim.</summary>
    long CountCertain(Literal item)
    {
        var count = 0L;
        foreach (var place in Places(0).Where(place => place < _size.Least))
        {
            if (!IsPossible(place, item.Opposite)) count += place < _tail ? 1 : _size.Least - _tail;
        }

        return count;
    }

    /// <summary>Whether each of these items is also one of those of which fewer are allowed.</summary>
    bool IsTooMany((long Count, Literal Item) needed) => _atMost.Exists(allowed =>
        allowed.Count < needed.Count
        && Places(0).All(place => !IsPossible(place, needed.Item, allowed.Item.Opposite)));

    /// <summary>The reason of the first claim that comes from the newer definition and can be fulfilled.</summary>
    Opening? Blamed()
    {
        foreach (var (index, item) in _somewhere)
        {
            if (!item.Formula.Origin.IsNewer) continue;
            var openings = Places(index).Select(place => _refuter.Open([.. ClaimsAt(place), item]));
            if (openings.FirstOrDefault(opening => opening is not null) is { } opening) return opening;
        }

        foreach (var (index, item) in _at)
        {
            if (item.Formula.Origin.IsNewer && _refuter.Open(ClaimsAt((int)index)) is { Blame: not null } opening)
                return opening;
        }

        return null;
    }

    IEnumerable<Instance> Examples()
    {
        if (_size.Least > MaxExampleItems) yield break;
        // Each item that has to be somewhere takes a place of its own, the earliest that it can.
        var wanted = new SortedDictionary<int, Literal>();
        var needed = _atLeast.Select(claim => (Index: 0L, claim.Count, claim.Item))
            .Concat(_somewhere.Select(claim => (claim.Index, Count: 1L, claim.Item)));
        foreach (var (index, count, item) in needed) Place(index, count, item, wanted);

        var least = Math.Max((int)_size.Least, wanted.Count == 0 ? 0 : wanted.Keys.Max() + 1);
        if (Items(least, wanted) is { } items) yield return Instance.Of(items);
        if (least < _size.Most && Items(least + 1, wanted) is { } longer) yield return Instance.Of(longer);
    }

    /// <summary>Finds places for items, beside those that have one already.</summary>
    void Place(long index, long count, Literal item, SortedDictionary<int, Literal> wanted)
    {
        count -= wanted.LongCount(taken => taken.Key >= index && taken.Value.Key == item.Key);
        for (var place = (int)index; count > 0 && place < _size.Most && place <= MaxExampleItems; place++)
        {
            if (wanted.ContainsKey(place) || !IsPossible(Math.Min(place, _tail), item)) continue;
            wanted[place] = item;
            count--;
        }
    }

    List<Instance>? Items(int count, SortedDictionary<int, Literal> wanted)
    {
        var items = new List<Instance>();
        for (var place = 0; place < count; place++)
        {
            List<Literal> claims = [.. ClaimsAt(Math.Min(place, _tail))];
            if (wanted.TryGetValue(place, out var item)) claims.Add(item);
            if (_isDistinct == true && items.Count > 0)
            {
                var taken = _refuter.Factory.Listed(new Origin(IsNewer: false, "", "uniqueItems"), items);
                claims.Add(new Literal(taken, Holds: false));
            }

            if (_isDistinct == false && place == 1) claims.AddRange(ClaimsAt(0));
            if (_refuter.Open(claims)?.Witness is not { } witness) return null;
            items.Add(_isDistinct == false && place == 0 && count > 1 ? WitnessOfPair(witness) : witness);
        }

        return items;
    }

    /// <summary>The first of two equal items has to suit both places.</summary>
    Instance WitnessOfPair(Instance otherwise) =>
        _refuter.Open([.. ClaimsAt(0), .. ClaimsAt(Math.Min(1, _tail))])?.Witness ?? otherwise;
}
