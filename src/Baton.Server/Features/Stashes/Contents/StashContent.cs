using System.Security.Cryptography;

namespace Baton.Server.Features.Stashes.Contents;

/// <summary>Content with all that is computed from it. Made outside the lane where it is large.</summary>
internal sealed record StashContent
{
    StashContent(byte[] bytes, string contentType, byte[] salt)
    {
        Bytes = bytes;
        ContentType = contentType;
        Salt = salt;
        Digest = SHA256.HashData(bytes);
        Commitment = Platform.Commits.Commitment.Of(salt, bytes);
    }

    public byte[] Bytes { get; }

    public string ContentType { get; }

    public byte[] Salt { get; }

    public byte[] Digest { get; }

    /// <summary>What the ledger keeps in place of it.</summary>
    public byte[] Commitment { get; }

    public static StashContent Of(byte[] bytes, string contentType, byte[] salt) => new(bytes, contentType, salt);
}
