namespace Baton.Contracts.Store;

/// <summary>
/// A namespace in a list, with its counts. They include records that have ended, until the server comes to them, which
/// is soon.
/// </summary>
public sealed record NamespaceInfo
{
    /// <summary>The name of the namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>How many records are in it.</summary>
    public required long Records { get; init; }

    /// <summary>The bytes of their values.</summary>
    public required long Bytes { get; init; }

    /// <summary>When anything in it was last written, deleted or cleared.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
