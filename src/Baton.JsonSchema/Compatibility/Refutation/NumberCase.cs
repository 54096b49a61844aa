using System.Numerics;
using Baton.JsonSchema.Compatibility.Formulas;

namespace Baton.JsonSchema.Compatibility.Refutation;

/// <summary>Numbers: one interval, one grid that all multiples lie on, and what is left out of it.</summary>
internal static class NumberCase
{
    /// <summary>How many numbers are tried one by one. If there are no more, that decides the case.</summary>
    const int MaxTried = 100;

    readonly record struct End(Rational Limit, bool IsExclusive);

    public static Opening? Open(Case one, Refuter refuter)
    {
        End? low = null;
        End? high = null;
        Rational? grid = one.Kind == Kinds.Integer ? Rational.Of(1) : null;
        var gaps = new List<Rational>();
        foreach (var (formula, holds) in one.Facts)
        {
            switch (formula)
            {
                case LowerBound lower when holds: low = Higher(low, new(lower.Limit, lower.IsExclusive)); break;
                case LowerBound lower: high = Lower(high, new(lower.Limit, !lower.IsExclusive)); break;
                case UpperBound upper when holds: high = Lower(high, new(upper.Limit, upper.IsExclusive)); break;
                case UpperBound upper: low = Higher(low, new(upper.Limit, !upper.IsExclusive)); break;
                case MultipleOf multiple when holds: grid = Finer(grid, multiple.Divisor); break;
                case MultipleOf multiple: gaps.Add(multiple.Divisor); break;
            }
        }

        if (grid is { } step) return OpenOnGrid(one, refuter, (low, high, step), gaps);
        if (low is { } from && high is { } to)
        {
            var isEmpty = from.Limit > to.Limit || from.Limit == to.Limit && (from.IsExclusive || to.IsExclusive);
            if (isEmpty) return null;
            if (from.Limit == to.Limit) return refuter.OpenByExamples(one, Examples([from.Limit], one.Kind));
        }

        return refuter.OpenByWitness(one, Examples(Between(low?.Limit, high?.Limit), one.Kind));
    }

    static Opening? OpenOnGrid(
        Case one, Refuter refuter, (End? Low, End? High, Rational Step) range, List<Rational> gaps)
    {
        if (gaps.Exists(range.Step.IsMultipleOf)) return null;
        if (one.Kind == Kinds.Fraction && range.Step.IsInteger) return null;
        BigInteger? first = range.Low is { } low ? FirstAfter(low, range.Step) : null;
        BigInteger? last = range.High is { } high ? -FirstAfter(new(-high.Limit, high.IsExclusive), range.Step) : null;
        if (last < first) return null;
        var tried = Indexes(first, last).Take(MaxTried).Select(index => Rational.Of(index) * range.Step);
        var examples = Examples(tried, one.Kind);
        return last - first < MaxTried
            ? refuter.OpenByExamples(one, examples)
            : refuter.OpenByWitness(one, examples);
    }

    static IEnumerable<BigInteger> Indexes(BigInteger? first, BigInteger? last)
    {
        var start = first ?? last ?? 0;
        var direction = first is null && last is not null ? -1 : 1;
        for (var count = 0; count < MaxTried; count++)
        {
            var index = start + direction * count;
            if (index < first || index > last) yield break;
            yield return index;
            // Without bounds, numbers on both sides of zero are tried.
            if (first is null && last is null && count > 0) yield return -index;
        }
    }

    /// <summary>The index of the first multiple of the step that is not below the end.</summary>
    static BigInteger FirstAfter(End end, Rational step)
    {
        var index = (end.Limit / step).Ceiling();
        return end.IsExclusive && Rational.Of(index) * step == end.Limit ? index + 1 : index;
    }

    static IEnumerable<Rational> Between(Rational? low, Rational? high)
    {
        var half = Rational.Of(1) / Rational.Of(2);
        var (start, width) = (low, high) switch
        {
            ({ } from, { } to) => (from, to - from),
            ({ } from, null) => (from, Rational.Of(1)),
            (null, { } to) => (to, -Rational.Of(1)),
            _ => (Rational.Of(0), Rational.Of(1)),
        };
        yield return start;
        if (high is { } end) yield return end;
        for (var part = half; part.Denominator < 1 << 10; part *= half)
        {
            yield return start + width * part;
            yield return start + width * (Rational.Of(1) - part);
        }
    }

    static IEnumerable<Instance> Examples(IEnumerable<Rational> numbers, Kinds kind) =>
        numbers.Select(Instance.Of).Where(value => value.Kind == kind);

    static Rational Finer(Rational? grid, Rational divisor) =>
        grid is { } step ? Rational.LeastMultiple(step, divisor) : divisor;

    static End Higher(End? known, End other) =>
        known is not { } end || other.Limit > end.Limit || other.Limit == end.Limit && other.IsExclusive ? other : end;

    static End Lower(End? known, End other) =>
        known is not { } end || other.Limit < end.Limit || other.Limit == end.Limit && other.IsExclusive ? other : end;
}
