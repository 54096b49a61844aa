using System.Text;
using Baton.Server.Features.Store;
using Baton.Server.Platform.Errors;
using FsCheck.Fluent;

namespace Baton.Tests.Features.Store;

public sealed class RecordNamesTests
{
    static readonly string[] s_parts = ["a", "b", "~", "\u007e", "\uD7FF", "\uE000", "\uFFFD", "\uFFFF", "\U00010000", "\U0010FFFF", " ", "é"];

    [Fact]
    public void AfterPrefix_OfAnyPrefix_BoundsExactlyTheNamesThatBeginSo() => Laws.Hold(
        from prefix in Gen.Elements(s_parts).ListOf().Select(parts => string.Concat(parts.Take(3)))
        from rest in Gen.Elements(s_parts).ListOf().Select(parts => string.Concat(parts.Take(3)))
        from other in Gen.Elements(s_parts).ListOf().Select(parts => string.Concat(parts.Take(4)))
        select (prefix, rest, other),
        item =>
        {
            foreach (var name in new[] { item.prefix + item.rest, item.other })
            {
                var isBetween =
                    Compare(name, item.prefix) >= 0 && Compare(name, RecordNames.AfterPrefix(item.prefix)) < 0;
                Assert.Equal(name.StartsWith(item.prefix, StringComparison.Ordinal), isBetween);
            }
        }, count: 2000);

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData("a\0")]
    [InlineData("\u007f")]
    [InlineData("\u0085")]
    public void Key_OfControlsOrNothing_IsRefused(string key)
    {
        var errors = new InputErrors();
        RecordNames.CheckKey(key, "", errors);
        Assert.True(errors.Any);
    }

    [Theory]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("...", true)]
    [InlineData("a/../b", true)]
    [InlineData("pipeline:job-123", true)]
    public void Namespace_OfDots_IsRefused(string name, bool isTaken)
    {
        var errors = new InputErrors();
        RecordNames.CheckNamespace(name, "", errors);
        Assert.Equal(isTaken, !errors.Any);
    }

    static int Compare(string a, string b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b));
}
