using Baton.JsonSchema.Documents;

namespace Baton.JsonSchema.Values;

/// <summary>
/// When two JSON values are equal: numbers by value (1.0 = 1), strings by code points, arrays item by item, objects
/// member by member in any order. Recursive: the parser has bounded the nesting.
/// </summary>
internal static class JsonEquality
{
    /// <summary>With up to this many members, each is looked for one by one.</summary>
    const int MaxScanned = 8;

    public static bool Equal(JsonView a, int tokenA, JsonView b, int tokenB)
    {
        var (first, second) = (a[tokenA], b[tokenB]);
        if (first.IsNumber)
        {
            return second.IsNumber
                && new DecimalText(a.Raw(first)).CompareTo(new DecimalText(b.Raw(second))) == 0;
        }

        if (first.IsString) return second.IsString && a.Unescaped(tokenA).SequenceEqual(b.Unescaped(tokenB));
        if (first.Kind != second.Kind) return false;
        if (!first.IsContainer) return true;
        if (first.Size != second.Size) return false;
        return first.Kind == TokenKind.Array ? EqualItems(a, tokenA, b, tokenB) : EqualMembers(a, tokenA, b, tokenB);
    }

    /// <summary>The same for equal values; nobody outside of the process can foresee it.</summary>
    public static int Hash(JsonView view, int token)
    {
        var value = view[token];
        return value.Kind switch
        {
            TokenKind.Integer or TokenKind.Decimal => HashCode.Combine(1, new DecimalText(view.Raw(value)).Hash()),
            TokenKind.String or TokenKind.EscapedString => HashIndex.HashOf(view.Unescaped(token)),
            TokenKind.Array => HashItems(view, token),
            TokenKind.Object => HashMembers(view, token),
            _ => HashCode.Combine(2, value.Kind),
        };
    }

    static bool EqualItems(JsonView a, int tokenA, JsonView b, int tokenB)
    {
        var end = a.After(tokenA);
        var (itemA, itemB) = (tokenA + 1, tokenB + 1);
        for (; itemA < end; (itemA, itemB) = (a.After(itemA), b.After(itemB)))
        {
            if (!Equal(a, itemA, b, itemB)) return false;
        }

        return true;
    }

    static bool EqualMembers(JsonView a, int tokenA, JsonView b, int tokenB)
    {
        if (a[tokenA].Size > MaxScanned) return EqualManyMembers(a, tokenA, b, tokenB);
        var end = a.After(tokenA);
        for (var name = tokenA + 1; name < end; name = a.After(name + 1))
        {
            var other = MemberNames.Find(b, tokenB, a.Unescaped(name));
            if (other < 0 || !Equal(a, name + 1, b, other + 1)) return false;
        }

        return true;
    }

    /// <summary>
    /// Compares objects. Both have the same number of members and no name twice, so it is enough that all members of
    /// one are in the other.
    /// </summary>
    static bool EqualManyMembers(JsonView a, int tokenA, JsonView b, int tokenB)
    {
        using var index = new HashIndex(b[tokenB].Size);
        var endB = b.After(tokenB);
        for (var name = tokenB + 1; name < endB; name = b.After(name + 1))
        {
            var probe = index.Probe(HashIndex.HashOf(b.Unescaped(name)));
            while (probe.Next(out _)) { }
            probe.Insert(name);
        }

        var endA = a.After(tokenA);
        for (var name = tokenA + 1; name < endA; name = a.After(name + 1))
        {
            var text = a.Unescaped(name);
            var probe = index.Probe(HashIndex.HashOf(text));
            var found = false;
            while (!found && probe.Next(out var other))
                found = b.Unescaped(other).SequenceEqual(text) && Equal(a, name + 1, b, other + 1);
            if (!found) return false;
        }

        return true;
    }

    static int HashItems(JsonView view, int token)
    {
        var hash = new HashCode();
        hash.Add(3);
        var end = view.After(token);
        for (var item = token + 1; item < end; item = view.After(item)) hash.Add(Hash(view, item));
        return hash.ToHashCode();
    }

    /// <summary>It is a sum, because the order of members does not count.</summary>
    static int HashMembers(JsonView view, int token)
    {
        var sum = 4;
        var end = view.After(token);
        for (var name = token + 1; name < end; name = view.After(name + 1))
            sum += HashCode.Combine(HashIndex.HashOf(view.Unescaped(name)), Hash(view, name + 1));
        return sum;
    }
}
