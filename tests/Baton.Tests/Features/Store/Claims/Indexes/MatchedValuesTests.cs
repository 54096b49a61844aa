using System.Text;
using Baton.Server.Features.Store.Claims.Indexes;

namespace Baton.Tests.Features.Store.Claims.Indexes;

/// <summary>Which scalars are the same for a claim, and what its end puts back.</summary>
public sealed class MatchedValuesTests
{
    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("1", "10e-1")]
    [InlineData("100", "1E+2")]
    [InlineData("-0.50", "-5e-1")]
    [InlineData("0", "-0.00e5")]
    [InlineData("12345678901234567890.10", "12345678901234567890.1")]
    [InlineData("\"a\"", "\"\\u0061\"")]
    public void Scalars_OfOneValue_AreOne(string one, string other) => Assert.Equal(ScalarOf(one), ScalarOf(other));

    [Theory]
    [InlineData("1", "\"1\"")]
    [InlineData("1", "10")]
    [InlineData("1", "-1")]
    [InlineData("12345678901234567890", "12345678901234567891")]
    [InlineData("true", "\"true\"")]
    [InlineData("null", "\"null\"")]
    [InlineData("false", "null")]
    [InlineData("\"a\"", "\"A\"")]
    [InlineData("1e999999999999", "1e999999999998")]
    public void Scalars_OfTwoValues_AreTwo(string one, string other)
    {
        Assert.NotNull(ScalarOf(one));
        Assert.NotEqual(ScalarOf(one), ScalarOf(other));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    public void Value_ThatHoldsOthers_IsNoScalar(string json) => Assert.Null(ScalarOf(json));

    [Fact]
    public void Values_AtSeveralPlaces_DoNotRunTogether()
    {
        Assert.NotEqual(MatchedValues.Join(["sab", "sc"]), MatchedValues.Join(["sa", "sbc"]));
        Assert.NotEqual(MatchedValues.Join(["sa", "sb"]), MatchedValues.Join(["sb", "sa"]));
    }

    [Theory]
    [InlineData("""{"a":{"b":[0,"x"]}}""", true)]
    [InlineData("""{"a":{"b":[0]}}""", false)]
    [InlineData("""{"a":{"b":[0,[]]}}""", false)]
    [InlineData("""{"a":1}""", false)]
    [InlineData("5", false)]
    public void Value_WithAScalarAtThePlace_Matches(string json, bool isThere) =>
        Assert.Equal(isThere, MatchedValues.Of(Encoding.UTF8.GetBytes(json), [["a", "b", "1"]]) is not null);

    static string? ScalarOf(string json) => MatchedValues.ScalarOf(Encoding.UTF8.GetBytes(json));
}
