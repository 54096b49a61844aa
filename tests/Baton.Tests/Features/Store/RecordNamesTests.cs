using System.Text;
using Baton.Server.Features.Store;
using Baton.Server.Platform.Errors;

namespace Baton.Tests.Features.Store;

public sealed class RecordNamesTests
{
    static readonly string[] s_parts = ["a", "b", "~", "\u007e", "\uD7FF", "\uE000", "\uFFFD", "\uFFFF", "\U00010000", "\U0010FFFF", " ", "é"];

    [Fact]
    public void AfterPrefix_OfAnyPrefix_BoundsExactlyTheNamesThatBeginSo() => Laws.Hold(
        FsCheck.Fluent.Gen.Two(FsCheck.Fluent.Gen.Select(
            FsCheck.Fluent.Gen.ListOf(FsCheck.Fluent.Gen.Elements(s_parts)), parts => string.Concat(parts.Take(4)))),
        pair =>
        {
            var (prefix, name) = pair;
            var isBetween = Compare(name, prefix) >= 0 && Compare(name, RecordNames.AfterPrefix(prefix)) < 0;
            return isBetween == name.StartsWith(prefix, StringComparison.Ordinal);
        });

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
