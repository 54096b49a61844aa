using Baton.Server.Platform.Basics;
using Baton.Server.Platform.Identity;
using Baton.ServerTests.Harness;

namespace Baton.Tests.Platform.Basics;

public sealed class IdSourceTests
{
    [Fact]
    public void Next_AfterATime_SortsBehind()
    {
        var time = new TestTime();
        var ids = new IdSource(time);
        var made = new List<string>();
        for (var count = 0; count < 200; count++)
        {
            made.Add(ids.Next("key_"));
            time.Pass(TimeSpan.FromMilliseconds(1 + (count * count)));
        }

        Assert.Equal(made.Order(StringComparer.Ordinal), made);
        Assert.All(made, id => Assert.Matches("^key_[0-9a-hjkmnp-tv-z]{20}$", id));
    }

    [Fact]
    public void Of_ASeed_IsAlwaysTheSameAndNeverAnothers()
    {
        Assert.Equal(IdSource.Of("ws_", "a"), IdSource.Of("ws_", "a"));
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(number => IdSource.Of("ws_", $"{number}")).Distinct().Count());
        Assert.Matches("^ws_[0-9a-hjkmnp-tv-z]{20}$", IdSource.Of("ws_", "a"));
    }

    [Fact]
    public void Secret_OfAnyText_HashesToItsBytesAndBack() => Laws.Hold(Laws.Text, text =>
    {
        var hash = SecretHash.Of(text);
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)), hash.ToBytes());
        Assert.Equal(hash, SecretHash.FromBytes(hash.ToBytes()));
    });
}
