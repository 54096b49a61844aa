namespace Baton.JsonSchema.Values;

/// <summary>A number of at most 18 digits without an exponent, as digits and scale: 12.5 is 125 and 1.</summary>
internal readonly record struct ShortDecimal(long Digits, int Scale)
{
    /// <summary>The 2 are for a sign and a point.</summary>
    const int MaxChars = 20;
    const int MaxDigits = 18;

    /// <summary>False for numbers that are longer, or written with an exponent.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ShortDecimal value)
    {
        value = default;
        if (text.Length > MaxChars) return false;
        var isNegative = text[0] == '-';
        var (digits, count, point) = (0L, 0, -1);
        foreach (var unit in isNegative ? text[1..] : text)
        {
            var digit = unit - '0';
            if ((uint)digit <= 9)
            {
                digits = digits * 10 + digit;
                count++;
            }
            else if (unit == '.')
            {
                point = count;
            }
            else
            {
                return false;
            }
        }

        value = new ShortDecimal(isNegative ? -digits : digits, point < 0 ? 0 : count - point);
        return count <= MaxDigits;
    }

    public int CompareTo(ShortDecimal other)
    {
        if (Scale == other.Scale) return Digits.CompareTo(other.Digits);
        return Scale < other.Scale
            ? ScaledUp(other.Scale - Scale).CompareTo(other.Digits)
            : ((Int128)Digits).CompareTo(other.ScaledUp(Scale - other.Scale));
    }

    /// <summary>The other one must not be 0.</summary>
    public bool IsMultipleOf(ShortDecimal divisor)
    {
        var scale = Math.Max(Scale, divisor.Scale);
        return ScaledUp(scale - Scale) % divisor.ScaledUp(scale - divisor.Scale) == 0;
    }

    /// <summary>At most 18 digits and 18 zeros: within 128 bits.</summary>
    Int128 ScaledUp(int zeros)
    {
        var factor = 1L;
        for (; zeros > 0; zeros--) factor *= 10;
        return (Int128)Digits * factor;
    }
}
