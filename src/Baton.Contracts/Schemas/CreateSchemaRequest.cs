using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Contracts.Json;

namespace Baton.Contracts.Schemas;

/// <summary>The body of `POST /schema`.</summary>
public sealed record CreateSchemaRequest
{
    /// <summary>`[A-Za-z0-9._-]{1,128}`. Versions are counted by it: a public name is the workspace's, a private one
    /// its maker's.</summary>
    [RegularExpression(WirePatterns.Name)]
    public required string Name { get; init; }

    /// <summary>What it is for, in words that others find it by; 1 to 1024 characters. Null: nobody says.</summary>
    [StringLength(1024, MinimumLength = 1)]
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
