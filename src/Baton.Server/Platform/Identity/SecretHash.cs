using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Baton.Server.Platform.Identity;

/// <summary>SHA-256 of a secret: all that is stored of it. Equality by value.</summary>
internal readonly record struct SecretHash(ulong A, ulong B, ulong C, ulong D)
{
    const int MaxStackBytes = 512;

    public static SecretHash Of(string secret)
    {
        var max = Encoding.UTF8.GetMaxByteCount(secret.Length);
        Span<byte> text = max <= MaxStackBytes ? stackalloc byte[MaxStackBytes] : new byte[max];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..Encoding.UTF8.GetBytes(secret, text)], hash);
        return FromBytes(hash);
    }

    public static SecretHash FromBytes(ReadOnlySpan<byte> hash) => new(
        BinaryPrimitives.ReadUInt64BigEndian(hash),
        BinaryPrimitives.ReadUInt64BigEndian(hash[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(hash[16..]),
        BinaryPrimitives.ReadUInt64BigEndian(hash[24..]));

    public byte[] ToBytes()
    {
        var bytes = new byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, A);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), B);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(16), C);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(24), D);
        return bytes;
    }
}
