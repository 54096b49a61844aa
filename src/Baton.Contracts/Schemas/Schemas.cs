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

    /// <summary>What can be bound to it: `stash`, `stream` or `both`. Null: both.</summary>
    [AllowedValues("stash", "stream", "both")]
    public string? TargetType { get; init; }

    /// <summary>`backward`: whatever fits the newest version must fit this one. `none`: nobody asks.
    /// Null: backward.</summary>
    [AllowedValues("backward", "none")]
    public string? Compatibility { get; init; }
}

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

    /// <summary>`stash`, `stream` or `both`.</summary>
    [AllowedValues("stash", "stream", "both")]
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

/// <summary>One version of a schema with its definition.</summary>
public sealed record Schema : SchemaInfo
{
    /// <summary>The JSON Schema exactly as it was sent.</summary>
    [JsonPropertyOrder(1)]
    [JsonConverter(typeof(ExactJsonConverter))]
    public required JsonElement Definition { get; init; }

    /// <summary>The registered schemas that it refers to, those that these refer to among them; by URI.</summary>
    [JsonPropertyOrder(2)]
    public required IReadOnlyList<SchemaReference> References { get; init; }

    /// <summary>The salt of the ledger's commitment, 32 hex digits: commitment = SHA-256(salt ‖ definition).</summary>
    [JsonPropertyOrder(3)]
    [RegularExpression(WirePatterns.SixteenBytes)]
    public required string Salt { get; init; }
}

/// <summary>What a reference means; fixed when the schema was registered.</summary>
/// <param name="Uri">As the definition refers to it, without fragment, such as `baton:schema/address`.</param>
/// <param name="SchemaId">The version that it means.</param>
public sealed record SchemaReference(string Uri, string SchemaId);

/// <summary>What a dry run of a document found.</summary>
/// <param name="Valid">The document fits.</param>
/// <param name="Errors">The first 50 places where it does not.</param>
public sealed record SchemaValidation(bool Valid, IReadOnlyList<SchemaValidationError> Errors);

/// <summary>One place where a document does not fit.</summary>
/// <param name="Pointer">A JSON pointer into the document; empty for all of it.</param>
/// <param name="Keyword">The keyword of the schema, such as `required`; `json` for what is no JSON.</param>
/// <param name="Message">What is wrong there.</param>
public sealed record SchemaValidationError(string Pointer, string Keyword, string Message);
