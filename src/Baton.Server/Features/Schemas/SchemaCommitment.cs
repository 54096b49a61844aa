using System.Security.Cryptography;

namespace Baton.Server.Features.Schemas;

/// <summary>What the ledger keeps of a definition.</summary>
internal static class SchemaCommitment
{
    /// <summary>SHA-256(salt ‖ definition).</summary>
    public static byte[] Of(byte[] salt, byte[] definition)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(definition);
        return hash.GetHashAndReset();
    }
}
