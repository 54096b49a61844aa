using Baton.JsonSchema.Compatibility.Formulas;

namespace Baton.JsonSchema.Compatibility.Refutation;

/// <summary>Strings: a range of lengths. A pattern or format contradicts only its own opposite.</summary>
internal static class StringCase
{
    /// <summary>The longest example: a longer one would help nobody.</summary>
    const long MaxExampleLength = 5000;

    static readonly string[] s_samples =
    [
        "", "a", "A", "0", " ", "-", "é", "ab", "zz", "x1", "Zq-7 é",
        "2020-01-02", "2020-01-02T03:04:05Z", "03:04:05Z", "P1D", "a@example.org", "example.org", "192.0.2.1",
        "2001:db8::1", "https://example.org/a", "/a", "0/a", "01234567-89ab-4cde-8fab-0123456789ab",
    ];

    public static Opening? Open(Case one, Refuter refuter)
    {
        var size = SizeRange.Of(one.Facts);
        if (size.IsEmpty) return null;
        if (size.Most == 0) return refuter.OpenByExamples(one, [Instance.Of("")]);
        var examples = s_samples.Concat(refuter.Texts).Concat(OfLength(size)).Distinct();
        return refuter.OpenByWitness(
            one, examples.Select(Instance.Of).Where(text => text.Length >= size.Least && text.Length <= size.Most));
    }

    static IEnumerable<string> OfLength(SizeRange size)
    {
        foreach (var length in (long[])[size.Least, size.Least + 1, size.Most])
        {
            if (length > MaxExampleLength) continue;
            foreach (var character in "a0Z ") yield return new string(character, (int)length);
        }
    }
}
