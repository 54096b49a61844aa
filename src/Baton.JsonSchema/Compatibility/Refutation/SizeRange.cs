using Baton.JsonSchema.Compatibility.Formulas;

namespace Baton.JsonSchema.Compatibility.Refutation;

/// <summary>How many characters, items or members there can be.</summary>
internal readonly record struct SizeRange(long Least, long Most)
{
    public bool IsEmpty => Least > Most;

    public static SizeRange Of(IEnumerable<Literal> facts)
    {
        var range = new SizeRange(0, long.MaxValue);
        foreach (var (formula, holds) in facts)
        {
            range = formula switch
            {
                AtLeast count => holds ? range.WithLeast(count.Count) : range.WithMost(count.Count - 1),
                AtMost count => holds ? range.WithMost(count.Count) : range.WithLeast(count.Count + 1),
                _ => range,
            };
        }

        return range;
    }

    public SizeRange WithLeast(long least) => this with { Least = Math.Max(Least, least) };

    public SizeRange WithMost(long most) => this with { Most = Math.Min(Most, most) };
}
