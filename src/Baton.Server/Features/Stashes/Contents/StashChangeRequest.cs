using Baton.Server.Platform.Commits.Sources;
using Baton.Server.Platform.Schemas;

namespace Baton.Server.Features.Stashes.Contents;

/// <summary>What is to be written to a stash.</summary>
internal sealed record StashChangeRequest(string Name, StashContent Content, Provenance Provenance)
{
    /// <summary>Seconds until it expires; null: never.</summary>
    public long? TtlSeconds { get; init; }

    /// <summary>Whether the expiry stays as it is.</summary>
    public bool KeepExpiry { get; init; }

    /// <summary>Whether it is discoverable; null: this stays as it is.</summary>
    public bool? Discoverable { get; init; }

    /// <summary>The schema that the content was checked by, and is bound to; null for none.</summary>
    public required BoundSchema? Schema { get; init; }
}
