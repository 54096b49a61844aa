using System.Text.RegularExpressions;
using Baton.Server.Platform.Basics.Inputs;

namespace Baton.Tests.Platform.Basics.Inputs;

public sealed class NamesTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("Market-report_2.md", true)]
    [InlineData(".a", true)]
    [InlineData("..a", true)]
    [InlineData("strategy", true)]
    [InlineData("my_key_1", true)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("...", false)]
    [InlineData("str_1", false)]
    [InlineData("ws_", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("ä", false)]
    public void IsName_AnyText_AgreesWithTheDocumentedPattern(string text, bool expected)
    {
        Assert.Equal(expected, Names.IsName(text));
        Assert.Equal(expected, Regex.IsMatch(text, Names.Pattern, RegexOptions.ECMAScript));
    }

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void IsName_LongText_AgreesWithTheDocumentedPattern(int length, bool expected) =>
        IsName_AnyText_AgreesWithTheDocumentedPattern(new string('a', length), expected);
}
