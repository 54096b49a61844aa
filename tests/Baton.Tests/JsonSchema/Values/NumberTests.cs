using System.Globalization;
using System.Numerics;
using System.Text;
using Baton.JsonSchema.Values;
using FsCheck;
using FsCheck.Fluent;

namespace Baton.Tests.JsonSchema.Values;

/// <summary>Numbers are as exact as their text.</summary>
public sealed class NumberTests
{
    static readonly Gen<string> s_numbers =
        from sign in Gen.Elements("", "-")
        from whole in Gen.Elements("0", "1", "2", "9", "10", "100", "12", "999999999999999999", "9999999999999999999", "12345678901234567890123")
        from fraction in Gen.Elements("", ".0", ".5", ".25", ".000", ".000000000000000001", ".10", ".9999999999999999999")
        from exponent in Gen.Elements("", "e0", "E1", "e+2", "e-2", "e-20", "e20", "e007")
        select sign + whole + fraction + exponent;

    [Fact]
    public void Comparison_OfAnyNumbers_IsExact() => Laws.Hold(s_numbers.Two(), pair =>
    {
        var expected = Scaled(pair.Item1).CompareTo(Scaled(pair.Item2));
        Assert.Equal(expected, Math.Sign(new DecimalText(Bytes(pair.Item1)).CompareTo(new DecimalText(Bytes(pair.Item2)))));
        var bound = pair.Item2;
        Assert.Equal(expected >= 0, Schemas.Accepts($$"""{"minimum": {{bound}}}""", pair.Item1));
        Assert.Equal(expected > 0, Schemas.Accepts($$"""{"exclusiveMinimum": {{bound}}}""", pair.Item1));
        Assert.Equal(expected <= 0, Schemas.Accepts($$"""{"maximum": {{bound}}}""", pair.Item1));
        Assert.Equal(expected < 0, Schemas.Accepts($$"""{"exclusiveMaximum": {{bound}}}""", pair.Item1));
        Assert.Equal(expected == 0, Schemas.Accepts($$"""{"const": {{bound}}}""", pair.Item1));
        Assert.Equal(expected == 0, Schemas.Accepts($$"""{"enum": [{{bound}}, null]}""", pair.Item1));
        Assert.Equal(expected != 0, Schemas.Accepts("""{"uniqueItems": true}""", $"[{pair.Item1}, {bound}]"));
    }, count: 2_000);

    [Fact]
    public void Hash_OfEqualNumbers_IsTheSame() => Laws.Hold(s_numbers, number =>
        Assert.Equal(new DecimalText(Bytes(number)).Hash(), new DecimalText(Bytes(Same(number))).Hash()));

    [Fact]
    public void Canonical_OfAnyNumbers_IsTheSameExactlyIfTheyAreEqual() => Laws.Hold(s_numbers.Two(), pair =>
    {
        Assert.Equal(
            Scaled(pair.Item1) == Scaled(pair.Item2), CanonicalOf(pair.Item1) == CanonicalOf(pair.Item2));
        Assert.Equal(CanonicalOf(pair.Item1), CanonicalOf(Same(pair.Item1)));
    }, count: 2_000);

    /// <summary>Databases hold digests and keys that were made of these.</summary>
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0.00e5", "0")]
    [InlineData("1", "1e0")]
    [InlineData("10e-1", "1e0")]
    [InlineData("-120.50", "-1205e-1")]
    [InlineData("0.00120E+3", "12e-1")]
    [InlineData("100", "1e2")]
    [InlineData("12345678901234567890.10", "123456789012345678901e-1")]
    [InlineData("1e999999999999999999", "1e999999999999999999")]
    public void Canonical_OfANumber_StaysWhatIsStored(string number, string canonical) =>
        Assert.Equal(canonical, CanonicalOf(number));

    [Fact]
    public void Significand_OfAnyNumber_IsItWithoutItsPowerOfTen() => Laws.Hold(s_numbers, number =>
    {
        Assert.True(DecimalText.TryParse(Bytes(number), out var value));
        Assert.Equal(
            Scaled(number), value.ToSignificand() * BigInteger.Pow(10, (int)(Places + value.LastDigitPower)));
    });

    [Theory]
    [InlineData("1e1000000000000000000", false)]
    [InlineData("0e-1000000000000000000", false)]
    [InlineData("1E+000000000000000000000000000001", true)]
    [InlineData("1e-999999999999999999", true)]
    public void Number_OfTooLongAnExponent_IsNotRead(string number, bool isRead) =>
        Assert.Equal(isRead, DecimalText.TryParse(Bytes(number), out _));

    [Fact]
    public void MultipleOf_OfAnyNumbers_IsExact() => Laws.Hold(s_numbers.Two(), pair =>
    {
        var divisor = Scaled(pair.Item2);
        if (divisor.Sign <= 0) return;
        var expected = (Scaled(pair.Item1) % divisor).IsZero;
        Assert.Equal(expected, Schemas.Accepts($$"""{"multipleOf": {{pair.Item2}}}""", pair.Item1));
    }, count: 2_000);

    [Fact]
    public void Integer_OfAnyNumber_IsWhatHasNoFraction() => Laws.Hold(s_numbers, number => Assert.Equal(
        (Scaled(number) % BigInteger.Pow(10, Places)).IsZero,
        Schemas.Accepts("""{"type": "integer"}""", number)));

    [Theory]
    [InlineData("0.3", "0.1", true)]
    [InlineData("1.1", "0.1", true)]
    [InlineData("19.99", "0.01", true)]
    [InlineData("0.0075", "0.0001", true)]
    [InlineData("0.00751", "0.0001", false)]
    [InlineData("1e308", "0.123456789", false)]
    [InlineData("9007199254740993", "2", false)]
    [InlineData("9007199254740992", "2", true)]
    [InlineData("0e5", "7", true)]
    public void MultipleOf_WhereDoublesWouldErr_IsExact(string number, string divisor, bool isMultiple) =>
        Assert.Equal(isMultiple, Schemas.Accepts($$"""{"multipleOf": {{divisor}}}""", number));

    [Theory]
    [InlineData("9007199254740993", "9007199254740992", false)]
    [InlineData("1e-400", "0", false)]
    [InlineData("0.1", "0.10000000000000000001", true)]
    public void Maximum_BeyondDoubles_IsExact(string number, string maximum, bool isValid) =>
        Assert.Equal(isValid, Schemas.Accepts($$"""{"maximum": {{maximum}}}""", number));

    const int Places = 50;

    static string CanonicalOf(string number)
    {
        Assert.True(DecimalText.TryParse(Bytes(number), out var value));
        return value.ToCanonical();
    }

    static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The same number, written otherwise.</summary>
    static string Same(string number)
    {
        var scaled = Scaled(number);
        return string.Create(CultureInfo.InvariantCulture, $"{scaled}00e-{Places + 2}");
    }

    /// <summary>The number times ten to the fiftieth, as .NET reckons.</summary>
    static BigInteger Scaled(string text)
    {
        var parts = text.ToLowerInvariant().Split('e');
        var exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var fraction = point < 0 ? 0 : parts[0].Length - point - 1;
        var digits = BigInteger.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        return digits * BigInteger.Pow(10, Places + exponent - fraction);
    }
}
