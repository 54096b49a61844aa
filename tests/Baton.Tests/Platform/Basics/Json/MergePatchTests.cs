using System.Text;
using Baton.Server.Platform.Basics.Json;

namespace Baton.Tests.Platform.Basics.Json;

/// <summary>The examples of RFC 7396, appendix A, and what is kept of the text.</summary>
public sealed class MergePatchTests
{
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", "{}")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""["a","b"]""", """["c","d"]""", """["c","d"]""")]
    [InlineData("""{"a":"b"}""", """["c"]""", """["c"]""")]
    [InlineData("""{"a":"foo"}""", "null", "null")]
    [InlineData("""{"a":"foo"}""", "\"bar\"", "\"bar\"")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("""[1,2]""", """{"a":"b","c":null}""", """{"a":"b"}""")]
    [InlineData("{}", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    [InlineData("""{"a": 1.10, "\u0062":[1, 2]}""", """{"b":3.0,"n":"\u00e9"}""", """{"a":1.10,"\u0062":3.0,"n":"\u00e9"}""")]
    [InlineData("""{"a":{"x": 1E2 }}""", """{"a":{}}""", """{"a":{"x": 1E2 }}""")]
    public void Apply_Patch_IsAsTheRfcHasIt(string target, string patch, string result) => Assert.Equal(
        result, Encoding.UTF8.GetString(MergePatch.Apply(Of(target), Of(patch)).ToBytes()));

    [Fact]
    public void Apply_ToManyMembers_FindsEach()
    {
        var target = "{" + string.Join(',', Enumerable.Range(0, 1000).Select(n => $"\"m{n}\":{n}")) + "}";
        var patch = "{" + string.Join(',', Enumerable.Range(0, 1000).Select(n => $"\"m{n}\":{(n % 2 == 0 ? "null" : "0")}")) + "}";
        var wanted = "{" + string.Join(',', Enumerable.Range(0, 1000).Where(n => n % 2 == 1).Select(n => $"\"m{n}\":0")) + "}";
        Assert.Equal(wanted, Encoding.UTF8.GetString(MergePatch.Apply(Of(target), Of(patch)).ToBytes()));
    }

    static EditableJson Of(string json) => EditableJson.Of(Encoding.UTF8.GetBytes(json));
}
