using System.Security.Cryptography;

namespace Baton.Server.Features.Store;

/// <summary>A value with all that is computed from it. Made outside the lane where it is large.</summary>
internal sealed record RecordValue
{
    const int SaltSize = 16;
    const int MaxStackBytes = 1024;

    RecordValue(byte[] bytes, byte[] salt)
    {
        Bytes = bytes;
        Salt = salt;
        Commitment = Commit(salt, bytes);
    }

    /// <summary>The JSON text.</summary>
    public byte[] Bytes { get; }

    /// <summary>
    /// Kept with the value and erased with it: without it nobody can test a guess against the ledger.
    /// </summary>
    public byte[] Salt { get; }

    /// <summary>SHA-256(salt ‖ value): what the ledger keeps of it.</summary>
    public byte[] Commitment { get; }

    public static RecordValue Of(byte[] bytes, byte[] salt) => new(bytes, salt);

    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltSize);

    static byte[] Commit(byte[] salt, byte[] bytes)
    {
        if (bytes.Length <= MaxStackBytes)
        {
            Span<byte> both = stackalloc byte[SaltSize + bytes.Length];
            salt.CopyTo(both);
            bytes.CopyTo(both[SaltSize..]);
            return SHA256.HashData(both);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(bytes);
        return hash.GetHashAndReset();
    }
}
