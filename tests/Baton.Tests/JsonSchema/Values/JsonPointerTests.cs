using System.Text;
using System.Text.Json;
using Baton.JsonSchema.Values;
using FsCheck.Fluent;

namespace Baton.Tests.JsonSchema.Values;

/// <summary>RFC 6901.</summary>
public sealed class JsonPointerTests
{
    [Theory]
    [InlineData("/agent", "\"x\"")]
    [InlineData("/steps/1/n", "2")]
    [InlineData("/a~1b~0c", "3")]
    [InlineData("/~01", "5")]
    [InlineData("/", "4")]
    [InlineData("/steps/01", null)]
    [InlineData("/steps/+1", null)]
    [InlineData("/steps/2", null)]
    [InlineData("/steps/-", null)]
    [InlineData("/steps/4294967297", null)]
    [InlineData("/agent/0", null)]
    [InlineData("/nobody", null)]
    public void Pointer_IntoAValue_FindsThePart(string pointer, string? found)
    {
        using var document = JsonDocument.Parse(
            """{"agent":"x","steps":[{"n":1},{"n":2}],"a/b~c":3,"":4,"~1":5}""");
        Assert.Equal(found, JsonPointer.Find(document.RootElement, JsonPointer.Parse(pointer)!)?.GetRawText());
    }

    [Fact]
    public void Pointer_ToTheWhole_HasNoParts()
    {
        Assert.Empty(JsonPointer.Parse("")!);
        Assert.Equal("", JsonPointer.Of());
    }

    [Theory]
    [InlineData("agent")]
    [InlineData("/a~2")]
    [InlineData("/a~")]
    [InlineData("/~~0")]
    [InlineData("/~0~/1")]
    [InlineData("#/a")]
    public void Pointer_OfNoForm_IsNone(string text)
    {
        Assert.Null(JsonPointer.Parse(text));
        Assert.False(JsonPointer.IsValid<byte>(Encoding.UTF8.GetBytes(text)));
    }

    static readonly FsCheck.Gen<string> s_parts =
        from units in Gen.Elements("~", "/", "0", "1", "~0", "~1", "a", "é", "").ListOf()
        select string.Concat(units);

    [Fact]
    public void Pointer_OfAnyParts_IsReadAsThose() => Laws.Hold(s_parts.ListOf(), parts =>
        Assert.Equal(parts, JsonPointer.Parse(JsonPointer.Of(parts))!));

    [Fact]
    public void Text_InUtf8AndInUtf16_IsAPointerInBothOrInNone() => Laws.Hold(s_parts, text =>
        Assert.Equal(
            JsonPointer.Parse("/" + text) is not null,
            JsonPointer.IsValid<byte>(Encoding.UTF8.GetBytes("/" + text))));
}
