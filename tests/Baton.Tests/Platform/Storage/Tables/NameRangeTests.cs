using Baton.Server.Platform.Storage.Tables;
using FsCheck.Fluent;

namespace Baton.Tests.Platform.Storage.Tables;

public sealed class NameRangeTests
{
    static readonly string[] s_parts =
        ["a", "b", "Z", "-", ".", "0", "~", "\uD7FF", "\uE000", "\uFFFD", "\uFFFF", "\U00010000", "\U0010FFFF", " ", "é"];

    static readonly FsCheck.Gen<string> s_text = Gen.Elements(s_parts).ListOf().Select(parts => string.Concat(parts.Take(3)));

    [Fact]
    public void Range_OfAPrefixAndAPlace_HasExactlyTheNamesThatBeginSoAndComeAfter() => Laws.Hold(
        from prefix in s_text
        from after in Gen.OneOf(s_text, s_text.Select(rest => prefix + rest))
        from rest in s_text
        from other in s_text
        select (prefix, after, rest, other),
        item =>
        {
            var (from, to) = (NameRange.From(item.prefix, item.after), NameRange.To(item.prefix));
            // The names next to the place too.
            foreach (var name in new[] { item.prefix + item.rest, item.other, item.after, item.after + " " }.Where(name => name.Length > 0))
            {
                var isWanted = name.StartsWith(item.prefix, StringComparison.Ordinal) && NameRange.Compare(name, item.after) > 0;
                var isBetween = NameRange.Compare(name, from) >= 0 && NameRange.Compare(name, to) < 0;
                Assert.Equal(isWanted, isBetween);
            }
        }, count: 5000);
}
