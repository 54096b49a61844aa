using System.Text;

namespace Baton.Server.Platform.Storage.Tables;

/// <summary>
/// The bounds, by bytes of UTF-8, of the names that begin with a text and come after another. Names have at most 512
/// bytes, and no control characters.
/// </summary>
internal static class NameRange
{
    const int MaxNameBytes = 512;

    static readonly string s_afterAll = string.Concat(Enumerable.Repeat("\U0010FFFF", (MaxNameBytes / 4) + 1));

    /// <summary>
    /// The lower bound, which is part of the range. There is only one, because of two lower bounds SQLite would use the
    /// first and walk over all rows in between.
    /// </summary>
    /// <param name="prefix">What the names begin with; empty: any.</param>
    /// <param name="after">The name after which they come; empty: from the first.</param>
    public static string From(string prefix, string after)
    {
        if (after.Length == 0) return prefix;
        // No name lies between `after` and this text.
        var next = after + '\u0001';
        return Compare(next, prefix) > 0 ? next : prefix;
    }

    /// <summary>
    /// The upper bound, which is not part of the range: the smallest text that is greater than all names with the
    /// prefix.
    /// </summary>
    public static string To(string prefix)
    {
        // UTF-8 sorts like code points. So the last code point that has a successor is replaced by its successor.
        var runes = prefix.EnumerateRunes().ToList();
        for (var end = runes.Count - 1; end >= 0; end--)
        {
            if (runes[end].Value == 0x10FFFF) continue;
            var text = new StringBuilder();
            foreach (var rune in runes[..end]) text.Append(rune.ToString());
            // The code points from U+D800 to U+DFFF are no characters: they are left out.
            var next = runes[end].Value == 0xD7FF ? 0xE000 : runes[end].Value + 1;
            return text.Append(new Rune(next).ToString()).ToString();
        }

        return s_afterAll;
    }

    /// <summary>
    /// Compares names in the order of every list, by bytes of UTF-8. The order by UTF-16 is another one.
    /// </summary>
    public static int Compare(string one, string other) =>
        Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other));
}
