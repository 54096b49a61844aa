using Baton.Server.Platform.Storage.Copying;

namespace Baton.Tests.Platform.Storage.Copying;

/// <summary>Different rows have different digests, however their values lie side by side.</summary>
public sealed class RowDigestTests
{
    /// <summary>Pairs that a careless encoding would take for each other.</summary>
    public static TheoryData<string, object?[], object?[]> Alike => new()
    {
        { "nothing and empty text", [null], [""] },
        { "empty text and empty bytes beside others", ["", "a"], ["a", ""] },
        { "a border between texts", ["ab", "c"], ["a", "bc"] },
        { "nothing before and after", [null, 1L], [1L, null] },
        { "a number and its sign", [1L], [-1L] },
        { "more than a buffer, and a byte of it", [new byte[100_000]], [new byte[99_999]] },
        { "text longer than a buffer", [new string('x', 100_000)], [new string('x', 99_999) + "y"] },
    };

    [Theory, MemberData(nameof(Alike))]
    public void Digest_OfRowsThatLookAlike_Differs(string why, object?[] one, object?[] other) =>
        Assert.True(DigestOf(one) != DigestOf(other), why);

    [Fact]
    public void Digest_OfTheSameRows_IsTheSameAgain()
    {
        object?[] row = ["ä", null, long.MinValue, new byte[] { 1, 2 }, new byte[70_000], ""];
        Assert.Equal(DigestOf(row), DigestOf(row));
        Assert.Equal(64, DigestOf(row).Length);
    }

    [Fact]
    public void Digest_OfOneRow_IsAsItIsDescribed()
    {
        byte[] encoded = [0, 0, 0, 2, 0xC3, 0xA4, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 7];
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(encoded)),
            DigestOf(["ä", null, 256L, new byte[] { 7 }]));
    }

    static string DigestOf(object?[] values)
    {
        using var digest = new RowDigest();
        for (var column = 0; column < values.Length; column++)
        {
            switch (values[column])
            {
                case long integer: digest.Integer(column, integer); break;
                case byte[] bytes: digest.Bytes(column, bytes); break;
                default: digest.Text(column, (string?)values[column]); break;
            }
        }

        return digest.Finish();
    }
}
