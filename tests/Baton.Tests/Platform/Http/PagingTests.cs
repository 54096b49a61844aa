using System.Text;
using Baton.Server.Platform.Http;
using FsCheck.Fluent;

namespace Baton.Tests.Platform.Http;

public sealed class PagingTests
{
    const string NameCharacters = "-.09AMZ_az";

    [Fact]
    public void AfterPrefix_OfAnyPrefix_BoundsExactlyTheNamesThatBeginSo() => Laws.Hold(
        from prefix in Gen.OneOf(Laws.TextOf(NameCharacters), Laws.TextOf(NameCharacters + "~}\u007f"), Laws.Text)
        from rest in Laws.TextOf(NameCharacters)
        from other in Laws.TextOf(NameCharacters)
        select (prefix, rest, other), item =>
    {
        var to = Paging.AfterPrefix(item.prefix) ?? "\u007f";
        foreach (var name in new[] { item.prefix + item.rest, item.other }.Where(name => name.All(NameCharacters.Contains)))
        {
            var isBetween = CompareBytes(name, item.prefix) >= 0 && CompareBytes(name, to) < 0;
            Assert.Equal(name.StartsWith(item.prefix, StringComparison.Ordinal), isBetween);
        }
    }, count: 2000);

    static int CompareBytes(string a, string b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b));
}
