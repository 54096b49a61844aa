using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Contracts.Json;

namespace Baton.Contracts.Schemas;

/// <summary>One version of a schema with its definition.</summary>
public sealed record Schema : SchemaInfo
{
    /// <summary>The JSON Schema exactly as it was sent.</summary>
    [JsonPropertyOrder(1)]
    [JsonConverter(typeof(ExactJsonConverter))]
    public required JsonElement Definition { get; init; }

    /// <summary>
    /// The registered schemas that the definition refers to, directly or through others, in the order of their URIs.
    /// </summary>
    [JsonPropertyOrder(2)]
    public required IReadOnlyList<SchemaReference> References { get; init; }

    /// <summary>
    /// The salt of the ledger's commitment to the definition, in 32 hex digits: the commitment is SHA-256(salt ‖
    /// definition).
    /// </summary>
    [JsonPropertyOrder(3)]
    [RegularExpression(WirePatterns.SixteenBytes)]
    public required string Salt { get; init; }
}
