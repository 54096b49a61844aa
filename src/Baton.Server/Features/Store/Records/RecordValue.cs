namespace Baton.Server.Features.Store.Records;

/// <summary>A value with all that is computed from it. Made outside the lane where it is large.</summary>
internal sealed record RecordValue
{
    RecordValue(byte[] bytes, byte[] salt)
    {
        Bytes = bytes;
        Salt = salt;
        Commitment = Platform.Commits.Commitment.Of(salt, bytes);
    }

    /// <summary>The JSON text.</summary>
    public byte[] Bytes { get; }

    public byte[] Salt { get; }

    /// <summary>What the ledger keeps of it.</summary>
    public byte[] Commitment { get; }

    public static RecordValue Of(byte[] bytes, byte[] salt) => new(bytes, salt);
}
