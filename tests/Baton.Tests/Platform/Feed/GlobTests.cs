using System.Text.RegularExpressions;
using Baton.Server.Platform.Feed;
using FsCheck.Fluent;

namespace Baton.Tests.Platform.Feed;

public sealed class GlobTests
{
    [Theory]
    [InlineData("stash:*", "stash:a/b", true)]
    [InlineData("stash:market-*", "stash:market-", true)]
    [InlineData("stash:market-*", "stash:mark", false)]
    [InlineData("*a*b*", "xaybz", true)]
    [InlineData("*a*b*", "xbya", false)]
    [InlineData("a*a", "a", false)]
    [InlineData("exact", "exact", true)]
    public void Matches_PatternAndText_TellsWhetherTheyFit(string pattern, string text, bool expected) =>
        Assert.Equal(expected, new Glob(pattern).Matches(text));

    [Fact]
    public void Matches_AnyPatternAndText_IsWhatARegularExpressionSays() => Laws.Hold(
        from pattern in Laws.TextOf("ab*/")
        from text in Laws.TextOf("ab/")
        select (pattern, text), item =>
    {
        var regex = "^" + string.Join("(?s:.*)", item.pattern.Split('*').Select(Regex.Escape)) + "$";
        Assert.Equal(Regex.IsMatch(item.text, regex), new Glob(item.pattern).Matches(item.text));
    }, count: 3000);
}
