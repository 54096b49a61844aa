using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Json;

namespace Baton.Contracts.Schemas;

/// <summary>One version of a schema without its definition. A version never changes.</summary>
public record SchemaInfo : Committed
{
    /// <summary>The id of this version, `sch_…`, by which stashes and streams are bound to it.</summary>
    public required string SchemaId { get; init; }

    /// <summary>The name, by which versions are counted.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The number of the version among those of the name: 1, 2, 3 … The number of one that was deleted is not given
    /// again.
    /// </summary>
    public required long Version { get; init; }

    /// <summary>What the schema is for, in the words of who registered it. Null: nothing was said.</summary>
    public required string? Description { get; init; }

    /// <summary>`public`: everybody in the workspace sees it. `private`: only its maker and admins do.</summary>
    [AllowedValues("public", "private")]
    public required string Visibility { get; init; }

    /// <summary>
    /// What can be bound to it: things of one type, or with `both` things of any type that can be bound to schemas.
    /// </summary>
    [DeclaredValues(DeclaredValues.SchemaTargets)]
    public required string TargetType { get; init; }

    /// <summary>
    /// `backward` or `none`: how the version was compared with the one before when it was registered.
    /// </summary>
    [AllowedValues("backward", "none")]
    public required string Compatibility { get; init; }

    /// <summary>The bytes of the definition.</summary>
    public required long Size { get; init; }

    /// <summary>When the version was registered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The agent that registered it, or the key where no agent was named.</summary>
    public required string CreatedBy { get; init; }
}
