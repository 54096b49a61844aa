using System.Security.Cryptography;

namespace Baton.Server.Features.Stashes;

/// <summary>Content with all that is computed from it. Made outside the lane where it is large.</summary>
internal sealed record StashContent
{
    const int SaltSize = 16;
    const int MaxStackBytes = 1024;

    StashContent(byte[] bytes, string contentType, byte[] salt)
    {
        Bytes = bytes;
        ContentType = contentType;
        Salt = salt;
        Digest = SHA256.HashData(bytes);
        Commitment = Commit(salt, bytes);
    }

    public byte[] Bytes { get; }

    public string ContentType { get; }

    /// <summary>
    /// Kept with the content and erased with it: without it nobody can test a guess against the ledger.
    /// </summary>
    public byte[] Salt { get; }

    public byte[] Digest { get; }

    /// <summary>SHA-256(salt ‖ content): what the ledger keeps of it.</summary>
    public byte[] Commitment { get; }

    public static StashContent Of(byte[] bytes, string contentType, byte[] salt) => new(bytes, contentType, salt);

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
