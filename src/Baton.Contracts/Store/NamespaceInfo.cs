namespace Baton.Contracts.Store;

/// <summary>A namespace, or with state an agent, in a list.</summary>
public sealed record NamespaceInfo
{
    /// <summary>Its name.</summary>
    public required string Namespace { get; init; }

    /// <summary>Records in it.</summary>
    public required long Records { get; init; }

    /// <summary>Bytes of their values.</summary>
    public required long Bytes { get; init; }

    /// <summary>When anything in it was last written, deleted or cleared.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
