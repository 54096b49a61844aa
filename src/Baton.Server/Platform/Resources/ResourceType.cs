using Baton.Server.Platform.Access;
using Baton.Server.Platform.Commits.Sources;
using Baton.Server.Platform.Reading.Discovery;

namespace Baton.Server.Platform.Resources;

/// <summary>
/// All that others have to know of one type of things. Its feature declares it, in one place; each floor says what it
/// wants to know of a type, and gets that from <see cref="ResourceTypes"/>.
/// </summary>
/// <param name="Name">The first word of its resources: `stash` of `stash:market-report`.</param>
/// <param name="Access">Who may see and write them.</param>
internal sealed record ResourceType(string Name, AccessRule Access)
{
    /// <summary>How they are discovered; null: they are not.</summary>
    public DiscoveryKind? Discovery { get; init; }

    /// <summary>Whether each can be bound to a schema: then the type is a `target_type` of schemas.</summary>
    public bool IsBoundToSchemas { get; init; }

    /// <summary>How they are sources of what is made of them; null: they are none.</summary>
    public SourceKind? Source { get; init; }

    /// <summary>
    /// What the verb `check` finds wrong with all that is stored of them; null: nothing can be, or the check of
    /// another type looks at them as well.
    /// </summary>
    public ContentCheck? Check { get; init; }
}
