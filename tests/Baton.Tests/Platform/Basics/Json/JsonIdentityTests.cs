using System.Text.Json;
using Baton.Server.Platform.Basics.Json;
using Baton.Tests.Features.Streams.Entries;
using FsCheck.Fluent;

namespace Baton.Tests.Platform.Basics.Json;

/// <summary>Equality of JSON values, as a text.</summary>
public sealed class JsonIdentityTests
{
    [Theory]
    [InlineData("1", "1.0", "10e-1", "0.1E+1", "100e-2")]
    [InlineData("0", "-0", "0.00", "0e5", "-0.0E-3")]
    [InlineData("-120", "-1.2e2", "-0.12E3", "-120.000", "-12e+01")]
    [InlineData("\"é\"", "\"\\u00e9\"")]
    [InlineData("""{"a":1,"b":[2]}""", """{ "b" : [2.0], "a":1e0 }""")]
    public void Identity_OfEqualValues_IsTheSame(params string[] values) =>
        Assert.Single(values.Select(Of).Distinct());

    [Theory]
    [InlineData("1", "\"1\"", "true", "null", "[1]", "10", "-1", "0.1", "1e999999999999999999999")]
    [InlineData("[1,2]", "[2,1]", "[12]", "[[1],2]", "[1,[2]]")]
    [InlineData("""{"a":"b"}""", """{"b":"a"}""", """{"ab":""}""", """["a","b"]""", """{"a":"b","c":null}""")]
    [InlineData("\"a\"", "\"A\"", "\"a \"", "\"\"")]
    public void Identity_OfDifferentValues_IsDifferent(params string[] values) =>
        Assert.Equal(values.Length, values.Select(Of).Distinct().Count());

    [Fact]
    public void Identity_OfAnyTwoValues_AgreesWithDeepEquals() => Laws.Hold(JsonTexts.Any.Two(), pair =>
    {
        using var one = JsonDocument.Parse(pair.Item1);
        using var other = JsonDocument.Parse(pair.Item2);
        Assert.Equal(
            JsonElement.DeepEquals(one.RootElement, other.RootElement),
            JsonIdentity.Of(one.RootElement) == JsonIdentity.Of(other.RootElement));
    });

    static string Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonIdentity.Of(document.RootElement);
    }
}
