using System.Globalization;
using System.Numerics;
using System.Text;
using Baton.Server.Platform.Basics.Json;
using FsCheck.Fluent;

namespace Baton.Tests.Platform.Basics.Json;

public sealed class ExactNumberTests
{
    [Theory]
    [InlineData("1", "2", "3")]
    [InlineData("-0", "0", "0")]
    [InlineData("0.1", "0.2", "0.3")]
    [InlineData("1.50", "0.5", "2.00")]
    [InlineData("9223372036854775807", "1", "9223372036854775808")]
    [InlineData("-9223372036854775808", "-1", "-9223372036854775809")]
    [InlineData("9007199254740993", "0.5", "9007199254740993.5")]
    [InlineData("1e3", "1", "1001")]
    [InlineData("1E-2", "0.01", "0.02")]
    [InlineData("1.5e1", "-15", "0")]
    [InlineData("-0.5", "0.25", "-0.25")]
    [InlineData("0.001", "-0.001", "0.000")]
    public void Add_OfDecimals_IsExact(string a, string b, string sum) => Assert.Equal(sum, Add(a, b));

    [Theory]
    [InlineData("1e1001", "1")]
    [InlineData("1", "1e-1001")]
    [InlineData("1e900", "1e-900")]
    [InlineData("1e99999999999999999999", "1")]
    public void Add_WithTooManyDigits_IsRefused(string a, string b) => Assert.Null(Add(a, b));

    [Fact]
    public void Add_OfIntegersOfAnySize_IsTheirSum() => Laws.Hold(
        from a in Laws.Bytes
        from b in Laws.Bytes
        select (new BigInteger(a), new BigInteger(b)),
        pair => Assert.Equal(Text(pair.Item1 + pair.Item2), Add(Text(pair.Item1), Text(pair.Item2))));

    static string Text(BigInteger number) => number.ToString(CultureInfo.InvariantCulture);

    static string? Add(string a, string b) =>
        ExactNumber.Add(Encoding.ASCII.GetBytes(a), Encoding.ASCII.GetBytes(b)) is { } sum ? Encoding.ASCII.GetString(sum) : null;
}
