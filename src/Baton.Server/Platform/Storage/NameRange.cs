using System.Text;

namespace Baton.Server.Platform.Storage;

/// <summary>
/// The bounds, by bytes of UTF-8, of the names that begin with a text and come after another. Names have at most 512
/// bytes, and no control characters.
/// </summary>
internal static class NameRange
{
    const int MaxNameBytes = 512;

    static readonly string s_afterAll = string.Concat(Enumerable.Repeat("\U0010FFFF", (MaxNameBytes / 4) + 1));

    /// <summary>
    /// The bound that is in the range. It is one: of two lower bounds SQLite goes by the first, and passes over all
    /// that lies between.
    /// </summary>
    /// <param name="prefix">What the names begin with; empty: any.</param>
    /// <param name="after">The name after which they come; empty: from the first.</param>
    public static string From(string prefix, string after)
    {
        if (after.Length == 0) return prefix;
        // Nothing lies between a name and this.
        var next = after + '\u0001';
        return Compare(next, prefix) > 0 ? next : prefix;
    }

    /// <summary>The bound that is not in the range: the smallest text greater than all names that begin so.</summary>
    public static string To(string prefix)
    {
        // UTF-8 sorts as code points do: the last one that has a next one is replaced by it.
        var runes = prefix.EnumerateRunes().ToList();
        for (var end = runes.Count - 1; end >= 0; end--)
        {
            if (runes[end].Value == 0x10FFFF) continue;
            var text = new StringBuilder();
            foreach (var rune in runes[..end]) text.Append(rune.ToString());
            // Half surrogate pairs are no characters.
            var next = runes[end].Value == 0xD7FF ? 0xE000 : runes[end].Value + 1;
            return text.Append(new Rune(next).ToString()).ToString();
        }

        return s_afterAll;
    }

    /// <summary>In the order of every list, which UTF-16 does not have.</summary>
    public static int Compare(string one, string other) =>
        Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other));
}
