using System.Numerics;
using System.Text;

namespace Baton.JsonSchema.Values;

/// <summary>
/// The number of a `multipleOf`. With v = m·10^e and d = n·10^f, where m does not end with 0, v is a multiple of d if e
/// ≥ f and n divides m·10^(e-f); if e is less than f, it is none, because m would have to end with 0. So there is no
/// rounding, and large exponents cost one modular power.
/// </summary>
internal sealed class Divisor
{
    /// <summary>
    /// Divisors with more digits are refused: a document of megabytes of digits has to be divided by them.
    /// </summary>
    public const int MaxDigits = 100;

    /// <summary>The measured cost of a modular power of a large number, in ordinary checks.</summary>
    const int LongEffort = 500;

    readonly string _text;
    readonly ShortDecimal? _short;
    readonly BigInteger _digits;
    readonly long _power;

    public Divisor(string text)
    {
        _text = text;
        var utf8 = Encoding.UTF8.GetBytes(text);
        if (ShortDecimal.TryParse(utf8, out var number)) _short = number;
        var value = new DecimalText(utf8);
        _power = value.LastDigitPower;
        var digits = value.Digits;
        while (digits.Next(out var digit)) _digits = _digits * 10 + digit;
    }

    /// <summary>How many ordinary checks it takes to divide a number.</summary>
    public int EffortOf(ReadOnlySpan<byte> text) =>
        _digits.IsOne || (_short is not null && ShortDecimal.TryParse(text, out _)) ? 1 : LongEffort;

    public bool Divides(ReadOnlySpan<byte> text) =>
        _short is { } divisor && ShortDecimal.TryParse(text, out var number)
            ? number.IsMultipleOf(divisor)
            : Divides(new DecimalText(text));

    bool Divides(DecimalText value)
    {
        if (value.IsZero) return true;
        if (value.LastDigitPower < _power) return false;
        if (_digits.IsOne) return true;
        var rest = Remainder(value.Digits);
        if (rest.IsZero) return true;
        var shift = BigInteger.ModPow(10, value.LastDigitPower - _power, _digits);
        return (rest * shift % _digits).IsZero;
    }

    public override string ToString() => _text;

    /// <summary>
    /// The digits modulo the divisor's digits, eighteen at a time, so that no number as long as the document is ever
    /// made.
    /// </summary>
    BigInteger Remainder(DecimalText.DigitReader digits)
    {
        const int chunkDigits = 18;
        var rest = BigInteger.Zero;
        while (true)
        {
            var (chunk, scale) = (0L, 1L);
            var count = 0;
            for (; count < chunkDigits && digits.Next(out var digit); count++)
                (chunk, scale) = (chunk * 10 + digit, scale * 10);
            if (count == 0) return rest;
            rest = (rest * scale + chunk) % _digits;
        }
    }
}
