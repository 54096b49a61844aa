using System.Security.Cryptography;
using Baton.Server.Platform.Basics;

namespace Baton.Server.Platform.Commits;

/// <summary>
/// What the ledger keeps of content instead of it: SHA-256(salt ‖ content). The salt is kept with the content and
/// erased with it: without it nobody can test a guess against the ledger.
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
