using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Json;

namespace Baton.Contracts.Schemas;

/// <summary>What is known of one version of a schema besides its definition. A version never changes.</summary>
public record SchemaInfo : Committed
{
    /// <summary>The id of this version, `sch_…`: what a stash or a stream is bound to.</summary>
    public required string SchemaId { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>1, 2, 3 … by name; a number that was deleted is not given again.</summary>
    public required long Version { get; init; }

    /// <summary>What it is for; null where nobody said.</summary>
    public required string? Description { get; init; }

    /// <summary>`public` or `private`.</summary>
    [AllowedValues("public", "private")]
    public required string Visibility { get; init; }

    /// <summary>What can be bound to it: things of one type, or with `both` of any that is bound to
    /// schemas.</summary>
    [DeclaredValues(DeclaredValues.SchemaTargets)]
    public required string TargetType { get; init; }

    /// <summary>`backward` or `none`: what held when it was registered.</summary>
    [AllowedValues("backward", "none")]
    public required string Compatibility { get; init; }

    /// <summary>Bytes of the definition.</summary>
    public required long Size { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The agent that registered it, or the key where no agent was named.</summary>
    public required string CreatedBy { get; init; }
}
