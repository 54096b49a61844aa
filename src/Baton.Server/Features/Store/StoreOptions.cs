namespace Baton.Server.Features.Store;

/// <summary>The limits of records.</summary>
/// <param name="MaxBytes">The value of one record.</param>
/// <param name="WorkspaceBytes">Content of a workspace.</param>
internal sealed record StoreOptions(long MaxBytes, long WorkspaceBytes)
{
    /// <summary>Bytes of UTF-8 in a namespace or a key.</summary>
    public const int MaxNameBytes = 512;

    /// <summary>Keys in one bulk request.</summary>
    public const int MaxKeys = 1000;

    /// <summary>Changes in one PATCH.</summary>
    public const int MaxChanges = 1000;

    /// <summary>Metadata of one record, as JSON.</summary>
    public const int MaxMetadataBytes = 4 * 1024;

    /// <summary>Ten years.</summary>
    public const long MaxTtlSeconds = 10L * 365 * 24 * 3600;

    /// <summary>Values up to this size are changed in the lane, larger ones outside it.</summary>
    public const int MaxLaneBytes = 64 * 1024;

    /// <summary>Values that one `POST /store/{namespace}/get` answers.</summary>
    public const int MaxAnswerBytes = 32 * 1024 * 1024;
}
