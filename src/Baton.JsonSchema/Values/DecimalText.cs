namespace Baton.JsonSchema.Values;

/// <summary>
/// A JSON number as exact as its text: ±0.d₁d₂…dₙ × 10^Magnitude with d₁ and dₙ not 0. Nothing is ever multiplied out,
/// so that 1e1000000000 costs what ten characters cost.
/// </summary>
internal readonly ref struct DecimalText
{
    /// <summary>d₁ to dₙ; a decimal point may stand between them.</summary>
    readonly ReadOnlySpan<byte> _digits;

    public DecimalText(ReadOnlySpan<byte> text)
    {
        IsNegative = text[0] == '-';
        if (IsNegative) text = text[1..];
        var mark = text.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = mark < 0 ? text : text[..mark];
        var first = mantissa.IndexOfAnyInRange((byte)'1', (byte)'9');
        if (first < 0)
        {
            IsNegative = false;
            return;
        }

        var point = mantissa.IndexOf((byte)'.');
        var wholeDigits = point < 0 ? mantissa.Length : point;
        _digits = mantissa[first..(mantissa.LastIndexOfAnyInRange((byte)'1', (byte)'9') + 1)];
        DigitCount = _digits.Length - (point > first && point < first + _digits.Length ? 1 : 0);
        Magnitude = (mark < 0 ? 0 : Exponent(text[(mark + 1)..]))
            + (first < wholeDigits ? wholeDigits - first : wholeDigits + 1 - first);
    }

    public bool IsNegative { get; }

    /// <summary>
    /// The exponent of ten over the digits; 0 for zero. The parser saw to it that it is far from overflowing.
    /// </summary>
    public long Magnitude { get; }

    public int DigitCount { get; }

    public bool IsZero => DigitCount == 0;

    /// <summary>Whether nothing stands behind the decimal point: 1.0 and 10e-1 are integers.</summary>
    public bool IsInteger => Magnitude >= DigitCount;

    /// <summary>The power of ten that the last digit counts.</summary>
    public long LastDigitPower => Magnitude - DigitCount;

    public int CompareTo(DecimalText other)
    {
        if (IsNegative != other.IsNegative) return IsNegative ? -1 : 1;
        var bySize = CompareSize(other);
        return IsNegative ? -bySize : bySize;
    }

    /// <summary>The digits d₁ to dₙ without a point.</summary>
    public DigitReader Digits => new(_digits);

    /// <summary>The same for equal numbers, however they are written.</summary>
    public int Hash()
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

    static long Exponent(ReadOnlySpan<byte> text)
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
