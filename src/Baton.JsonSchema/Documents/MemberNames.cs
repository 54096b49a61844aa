namespace Baton.JsonSchema.Documents;

/// <summary>Finds members of an object by their names, and names that stand twice.</summary>
internal static class MemberNames
{
    /// <summary>With up to this many members, names are compared one by one.</summary>
    const int MaxScanned = 16;

    /// <summary>The second of two equal names, as a token; -1 when all differ.</summary>
    public static int FindDuplicate(JsonView view, int obj)
    {
        if (view[obj].Size > MaxScanned) return FindDuplicateByHash(view, obj);
        Span<ulong> keys = stackalloc ulong[MaxScanned];
        var count = 0;
        var end = view.After(obj);
        for (var name = obj + 1; name < end; name = view.After(name + 1))
        {
            if (view[name].Kind == TokenKind.EscapedString) return FindDuplicateByHash(view, obj);
            var key = NameKey.Of(view.Raw(name));
            if (keys[..count].Contains(key) && Find(view, obj, view.Raw(name)) != name) return name;
            keys[count++] = key;
        }

        return -1;
    }

    /// <summary>The token of the first member's name that is this text; -1 when there is none.</summary>
    public static int Find(JsonView view, int obj, ReadOnlySpan<byte> text)
    {
        var end = view.After(obj);
        for (var name = obj + 1; name < end; name = view.After(name + 1))
        {
            if (view.Unescaped(name).SequenceEqual(text)) return name;
        }

        return -1;
    }

    static int FindDuplicateByHash(JsonView view, int obj)
    {
        using var index = new HashIndex(view[obj].Size);
        var end = view.After(obj);
        for (var name = obj + 1; name < end; name = view.After(name + 1))
        {
            var text = view.Unescaped(name);
            var probe = index.Probe(HashIndex.HashOf(text));
            while (probe.Next(out var other))
            {
                if (view.Unescaped(other).SequenceEqual(text)) return name;
            }

            probe.Insert(name);
        }

        return -1;
    }
}
