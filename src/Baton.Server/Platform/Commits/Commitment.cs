using System.Security.Cryptography;
using Baton.Server.Platform.Basics;

namespace Baton.Server.Platform.Commits;

/// <summary>
/// What the ledger keeps in place of content: SHA-256(salt ‖ content). The salt is stored with the content and erased
/// with it; without the salt nobody can test a guess against the ledger.
/// </summary>
internal static class Commitment
{
    const int SaltSize = 16;
    const int MaxStackBytes = 1024;

    public static byte[] NewSalt()
    {
        var salt = new byte[SaltSize];
        SecureRandom.Fill(salt);
        return salt;
    }

    public static byte[] Of(byte[] salt, byte[] content)
    {
        if (content.Length <= MaxStackBytes)
        {
            Span<byte> both = stackalloc byte[SaltSize + content.Length];
            salt.CopyTo(both);
            content.CopyTo(both[SaltSize..]);
            return SHA256.HashData(both);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(content);
        return hash.GetHashAndReset();
    }
}
