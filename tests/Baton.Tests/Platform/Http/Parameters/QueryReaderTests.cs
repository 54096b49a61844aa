using Baton.Server.Platform.Basics.Inputs;

namespace Baton.Tests.Platform.Http.Parameters;

public sealed class QueryReaderTests
{
    [Fact]
    public void Decode_OfAnEncodedText_GivesTheText() => Laws.Hold(
        Laws.Text, text => Assert.Equal(
            text.Contains('\0', StringComparison.Ordinal) ? null : text, InputText.Decode(Uri.EscapeDataString(text))));

    [Theory]
    [InlineData("%")]
    [InlineData("%4")]
    [InlineData("%zz")]
    [InlineData("%+4")]
    [InlineData("%FF")]
    [InlineData("%C3")]
    [InlineData("%C0%80")]
    [InlineData("%ED%A0%80")]
    [InlineData("%F4%90%80%80")]
    [InlineData("ü")]
    [InlineData("%00")]
    [InlineData("a%00b")]
    [InlineData("a\0b")]
    public void Decode_OfWhatIsNoStorableUtf8_GivesNothing(string text) => Assert.Null(InputText.Decode(text));

    [Fact]
    public void Decode_OfAPlus_GivesASpace() => Assert.Equal("a b", InputText.Decode("a+b"));

    [Theory]
    [InlineData("limt", "limit")]
    [InlineData("LIMIT", "limit")]
    [InlineData("agent", null)]
    [InlineData("agentid", "agent_id")]
    [InlineData("", null)]
    [InlineData("xyz", null)]
    public void NearestName_OfATypo_IsTheNameMeant(string typed, string? meant) =>
        Assert.Equal(meant, NearestName.Of(typed, ["limit", "cursor", "agent_id", "resource"]));

    [Theory]
    [InlineData("a", true)]
    [InlineData("A-z_0.9", true)]
    [InlineData("..a", true)]
    [InlineData(".", false)]
    [InlineData("...", false)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("ä", false)]
    [InlineData("str_1", false)]
    [InlineData("ws_", false)]
    [InlineData("keys_1", true)]
    public void Name_OfThisForm_IsOrIsNone(string text, bool isName) => Assert.Equal(isName, Names.IsName(text));
}
