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
        Assert.Equal(expected, new Server.Platform.Feed.Glob(pattern).Matches(text));
}
