using System.Security.Cryptography;
using Baton.Server.Platform.Commits;

namespace Baton.Server.Features.Streams.Entries;

/// <summary>
/// What the ledger keeps of an append: SHA-256(salt ‖ data), the data of several entries joined by commas.
/// </summary>
internal static class StreamCommitment
{
    public static byte[] Of(byte[] salt, IReadOnlyList<byte[]> data)
    {
        if (data is [var only]) return Commitment.Of(salt, only);
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
