using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;
using Baton.JsonSchema.Values;

namespace Baton.Server.Platform.Basics.Json;

/// <summary>
/// Adds JSON numbers as exact decimals: integers of any size, fractions to their last digit. Nothing is rounded, and no
/// number becomes a binary floating-point number. The sum has as many decimal places as the operand with more of them.
/// </summary>
internal static class ExactNumber
{
    /// <summary>Digits that a number may have when it is written without an exponent.</summary>
    public const int MaxDigits = 1000;

    /// <summary>The sum as JSON; null if a number would have too many digits.</summary>
    public static byte[]? Add(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (IsLong(a, out var left) && IsLong(b, out var right))
        {
            var sum = unchecked(left + right);
            // The sum has overflowed if both numbers have a sign that it does not have.
            if (((left ^ sum) & (right ^ sum)) >= 0)
                return Encoding.ASCII.GetBytes(sum.ToString(CultureInfo.InvariantCulture));
        }

        if (Parse(a) is not var (leftDigits, leftPlaces) || Parse(b) is not var (rightDigits, rightPlaces)) return null;
        var places = Math.Max(leftPlaces, rightPlaces);
        var total = (leftDigits * BigInteger.Pow(10, places - leftPlaces))
            + (rightDigits * BigInteger.Pow(10, places - rightPlaces));
        return Write(total, places);
    }

    /// <summary>Whether a number has few enough digits to be added.</summary>
    public static bool IsInRange(ReadOnlySpan<byte> number) => IsLong(number, out _) || Parse(number) is not null;

    static bool IsLong(ReadOnlySpan<byte> text, out long value) =>
        Utf8Parser.TryParse(text, out value, out var read) && read == text.Length;

    /// <summary>
    /// The number as an integer, and how many of its digits are decimal places; null if it has too many digits.
    /// </summary>
    static (BigInteger Digits, int Places)? Parse(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAny((byte)'e', (byte)'E');
        // The 2 are for a sign and a decimal point.
        if ((end < 0 ? text.Length : end) > MaxDigits + 2) return null;
        if (!DecimalText.TryParse(text, out var number) || Math.Abs(number.Exponent) > 2 * MaxDigits) return null;
        var written = number.Places - number.Exponent;
        if (Math.Abs(written) > MaxDigits) return null;
        var places = (int)Math.Max(written, 0);
        if (number.IsZero) return (BigInteger.Zero, places);
        // Zeros at the end count as decimal places too.
        return (number.ToSignificand() * BigInteger.Pow(10, (int)(number.LastDigitPower + places)), places);
    }

    static byte[]? Write(BigInteger total, int places)
    {
        var digits = BigInteger.Abs(total).ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        if (digits.Length > MaxDigits + 1) return null;
        var text = new StringBuilder(digits);
        if (places > 0) text.Insert(digits.Length - places, '.');
        if (total.Sign < 0) text.Insert(0, '-');
        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
