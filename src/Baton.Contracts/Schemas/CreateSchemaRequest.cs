using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Contracts.Json;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Schemas;

/// <summary>Registers a JSON Schema, or its next version.</summary>
public sealed record CreateSchemaRequest : IOperationRequest
{
    /// <summary>Characters of a description, from 1.</summary>
    public const int MaxDescriptionLength = 1024;

    /// <summary>`[A-Za-z0-9._-]{1,128}`. Versions are counted by it: a public name is the workspace's, a private one
    /// its maker's.</summary>
    [NameForm]
    public required string Name { get; init; }

    /// <summary>What it is for, in words that others find it by; 1 to 1024 characters. Null: nobody says.</summary>
    [StringLength(MaxDescriptionLength, MinimumLength = 1)]
    public string? Description { get; init; }

    /// <summary>The JSON Schema: an object, true or false. Draft 7 or 2020-12, by its `$schema`; 2020-12 without. Kept
    /// exactly as it is sent.</summary>
    [JsonConverter(typeof(ExactJsonConverter))]
    public required JsonElement Definition { get; init; }

    /// <summary>`public`: there for everybody in the workspace. `private`: for its maker and admins
    /// only. Null: public.</summary>
    [AllowedValues("public", "private")]
    public string? Visibility { get; init; }

    /// <summary>What can be bound to it: things of one type, or with `both` of any that is bound to schemas.
    /// Null: both.</summary>
    [DeclaredValues(DeclaredValues.SchemaTargets)]
    public string? TargetType { get; init; }

    /// <summary>`backward`: whatever fits the newest version must fit this one. `none`: nobody asks.
    /// Null: backward.</summary>
    [AllowedValues("backward", "none")]
    public string? Compatibility { get; init; }
}
