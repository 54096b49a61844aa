using System.Security.Cryptography;

namespace Baton.Server.Features.Streams;

/// <summary>
/// What the ledger keeps of an append: SHA-256(salt ‖ data), the data of several entries joined by commas.
/// </summary>
internal static class StreamCommitment
{
    const int SaltSize = 16;
    const int MaxStackBytes = 1024;

    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltSize);

    public static byte[] Of(byte[] salt, IReadOnlyList<byte[]> data)
    {
        if (data is [{ Length: <= MaxStackBytes } only])
        {
            Span<byte> both = stackalloc byte[SaltSize + only.Length];
            salt.CopyTo(both);
            only.CopyTo(both[SaltSize..]);
            return SHA256.HashData(both);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        for (var index = 0; index < data.Count; index++)
        {
            if (index > 0) hash.AppendData(","u8);
            hash.AppendData(data[index]);
        }

        return hash.GetHashAndReset();
    }
}
