using System.Globalization;
using System.Numerics;
using System.Text;
using Baton.JsonSchema.Values;

namespace Baton.JsonSchema.Compatibility.Formulas;

/// <summary>An exact number: bounds and multiples of a schema are not rounded.</summary>
internal readonly record struct Rational : IComparable<Rational>
{
    /// <summary>
    /// The most digits before or behind the point. Numbers with more are not compared, because that would cost too
    /// much.
    /// </summary>
    const int MaxExponent = 400;

    const int MaxTextLength = 400;

    Rational(BigInteger numerator, BigInteger denominator)
    {
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        Numerator = numerator / divisor;
        Denominator = denominator / divisor;
    }

    public BigInteger Numerator { get; }

    public BigInteger Denominator { get; }

    public bool IsInteger => Denominator.IsOne;

    public static Rational Of(BigInteger value) => new(value, BigInteger.One);

    /// <summary>The number that a JSON text stands for; null: it is too long or too large to work with.</summary>
    public static Rational? Parse(string text)
    {
        if (text.Length > MaxTextLength || !DecimalText.TryParse(Encoding.UTF8.GetBytes(text), out var number))
            return null;
        if (number.IsZero) return Of(BigInteger.Zero);
        if (Math.Abs(number.Exponent) > MaxExponent) return null;
        var (digits, power) = (number.ToSignificand(), number.LastDigitPower);
        var scale = BigInteger.Pow(10, (int)Math.Abs(power));
        return power < 0 ? new Rational(digits, scale) : Of(digits * scale);
    }

    public BigInteger Floor()
    {
        var quotient = BigInteger.DivRem(Numerator, Denominator, out var remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }

    public BigInteger Ceiling() => -(-this).Floor();

    /// <summary>The smallest positive number that is a multiple of both.</summary>
    public static Rational LeastMultiple(Rational left, Rational right)
    {
        var divisor = BigInteger.GreatestCommonDivisor(left.Numerator, right.Numerator);
        return new Rational(
            BigInteger.Abs(left.Numerator / divisor * right.Numerator),
            BigInteger.GreatestCommonDivisor(left.Denominator, right.Denominator));
    }

    public bool IsMultipleOf(Rational divisor) => (this / divisor).IsInteger;

    public int CompareTo(Rational other) =>
        (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    public static Rational operator +(Rational left, Rational right) => new(
        left.Numerator * right.Denominator + right.Numerator * left.Denominator, left.Denominator * right.Denominator);

    public static Rational operator -(Rational value) => new(-value.Numerator, value.Denominator);

    public static Rational operator -(Rational left, Rational right) => left + -right;

    public static Rational operator *(Rational left, Rational right) =>
        new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    public static Rational operator /(Rational left, Rational right)
    {
        var sign = right.Numerator.Sign;
        return new Rational(left.Numerator * right.Denominator * sign, left.Denominator * right.Numerator * sign);
    }

    public static bool operator <(Rational left, Rational right) => left.CompareTo(right) < 0;

    public static bool operator >(Rational left, Rational right) => left.CompareTo(right) > 0;

    public static bool operator <=(Rational left, Rational right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Rational left, Rational right) => left.CompareTo(right) >= 0;

    /// <summary>
    /// The JSON text without an exponent; exact for sums and products of JSON numbers and for their halves.
    /// </summary>
    public override string ToString()
    {
        if (IsInteger) return Numerator.ToString(CultureInfo.InvariantCulture);
        var places = 0;
        var scale = BigInteger.One;
        while (!(Numerator * scale % Denominator).IsZero && places <= 2 * MaxExponent)
        {
            scale *= 10;
            places++;
        }

        var digits = BigInteger.Abs(Numerator * scale / Denominator).ToString(CultureInfo.InvariantCulture);
        digits = digits.PadLeft(places + 1, '0');
        return $"{(Numerator.Sign < 0 ? "-" : "")}{digits[..^places]}.{digits[^places..]}";
    }
}
