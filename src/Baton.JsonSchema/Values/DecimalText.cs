using System.Globalization;
using System.Numerics;
using System.Text;

namespace Baton.JsonSchema.Values;

/// <summary>
/// A JSON number as exact as its text: ±0.d₁d₂…dₙ × 10^Magnitude with d₁ and dₙ not 0. Nothing is multiplied out unless
/// it is asked for, so that 1e1000000000 costs what ten characters cost.
/// </summary>
public readonly ref struct DecimalText
{
    /// <summary>Digits of an exponent, leading zeros apart: with more of them it would not be computed.</summary>
    public const int MaxExponentDigits = 18;

    /// <summary>d₁ to dₙ; a decimal point may stand between them.</summary>
    readonly ReadOnlySpan<byte> _digits;

    /// <summary>Takes a number that the parser has accepted.</summary>
    internal DecimalText(ReadOnlySpan<byte> text)
    {
        IsNegative = text[0] == '-';
        if (IsNegative) text = text[1..];
        var mark = text.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = mark < 0 ? text : text[..mark];
        var point = mantissa.IndexOf((byte)'.');
        if (point >= 0) Places = mantissa.Length - point - 1;
        if (mark >= 0) Exponent = ReadExponent(text[(mark + 1)..]);
        var first = mantissa.IndexOfAnyInRange((byte)'1', (byte)'9');
        if (first < 0)
        {
            IsNegative = false;
            return;
        }

        var wholeDigits = point < 0 ? mantissa.Length : point;
        _digits = mantissa[first..(mantissa.LastIndexOfAnyInRange((byte)'1', (byte)'9') + 1)];
        DigitCount = _digits.Length - (point > first && point < first + _digits.Length ? 1 : 0);
        Magnitude = Exponent + (first < wholeDigits ? wholeDigits - first : wholeDigits + 1 - first);
    }

    /// <summary>False for an exponent of more than <see cref="MaxExponentDigits"/> digits.</summary>
    /// <param name="number">The text of a JSON number. Whatever else it is has no meaning here.</param>
    /// <param name="value">The number, which lives as long as its text does.</param>
    public static bool TryParse(ReadOnlySpan<byte> number, out DecimalText value)
    {
        value = default;
        var mark = number.IndexOfAny((byte)'e', (byte)'E');
        if (mark >= 0 && number[(mark + 1)..].TrimStart("+-0"u8).Length > MaxExponentDigits) return false;
        value = new DecimalText(number);
        return true;
    }

    /// <summary>Whether the number is negative; zero never is.</summary>
    public bool IsNegative { get; }

    /// <summary>The exponent as it is written; 0 where none is.</summary>
    public long Exponent { get; }

    /// <summary>How many digits are written behind the decimal point.</summary>
    public int Places { get; }

    /// <summary>The exponent of ten over the digits; 0 for zero. It is far from overflowing.</summary>
    internal long Magnitude { get; }

    internal int DigitCount { get; }

    public bool IsZero => DigitCount == 0;

    /// <summary>Whether nothing stands behind the decimal point: 1.0 and 10e-1 are integers.</summary>
    internal bool IsInteger => Magnitude >= DigitCount;

    /// <summary>The power of ten that the last digit, dₙ, counts; 0 for zero.</summary>
    public long LastDigitPower => Magnitude - DigitCount;

    /// <summary>The digits d₁ to dₙ as an integer, with the sign: the number is it × 10^LastDigitPower.</summary>
    public BigInteger ToSignificand()
    {
        if (IsZero) return BigInteger.Zero;
        var size = BigInteger.Parse(PlainDigits(), NumberStyles.None, CultureInfo.InvariantCulture);
        return IsNegative ? -size : size;
    }

    /// <summary>
    /// The same text for equal numbers, however they are written: the sign, the digits d₁ to dₙ, `e` and the power of
    /// ten that the last one counts; `0` for zero. It is stored within digests and keys: it must stay as it is.
    /// </summary>
    public string ToCanonical() => IsZero
        ? "0"
        : string.Create(
            CultureInfo.InvariantCulture, $"{(IsNegative ? "-" : "")}{PlainDigits()}e{LastDigitPower}");

    internal int CompareTo(DecimalText other)
    {
        if (IsNegative != other.IsNegative) return IsNegative ? -1 : 1;
        var bySize = CompareSize(other);
        return IsNegative ? -bySize : bySize;
    }

    /// <summary>The digits d₁ to dₙ without a point.</summary>
    internal DigitReader Digits => new(_digits);

    /// <summary>The same for equal numbers, however they are written.</summary>
    internal int Hash()
    {
        var hash = new HashCode();
        hash.Add(IsNegative);
        hash.Add(Magnitude);
        var digits = Digits;
        while (digits.Next(out var digit)) hash.Add(digit);
        return hash.ToHashCode();
    }

    int CompareSize(DecimalText other)
    {
        if (IsZero || other.IsZero) return other.IsZero.CompareTo(IsZero);
        if (Magnitude != other.Magnitude) return Magnitude.CompareTo(other.Magnitude);
        var mine = Digits;
        var others = other.Digits;
        while (true)
        {
            var more = mine.Next(out var digit);
            var otherMore = others.Next(out var otherDigit);
            if (!more || !otherMore) return more.CompareTo(otherMore);
            if (digit != otherDigit) return digit.CompareTo(otherDigit);
        }
    }

    string PlainDigits() => Encoding.ASCII.GetString(_digits).Replace(".", "", StringComparison.Ordinal);

    static long ReadExponent(ReadOnlySpan<byte> text)
    {
        var exponent = 0L;
        foreach (var unit in text.TrimStart("+-"u8)) exponent = exponent * 10 + (unit - '0');
        return text[0] == '-' ? -exponent : exponent;
    }

    /// <summary>Goes through digits and leaves out the point.</summary>
    internal ref struct DigitReader(ReadOnlySpan<byte> digits)
    {
        ReadOnlySpan<byte> _rest = digits;

        public bool Next(out int digit)
        {
            if (!_rest.IsEmpty && _rest[0] == '.') _rest = _rest[1..];
            digit = _rest.IsEmpty ? 0 : _rest[0] - '0';
            if (_rest.IsEmpty) return false;
            _rest = _rest[1..];
            return true;
        }
    }
}
