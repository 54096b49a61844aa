namespace Baton.Server.Features.Store.Records;

/// <summary>A value, with what is computed from it. Where it is large, it is made outside the lane.</summary>
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

    /// <summary>What the ledger keeps of the value.</summary>
    public byte[] Commitment { get; }

    public static RecordValue Of(byte[] bytes, byte[] salt) => new(bytes, salt);
}
