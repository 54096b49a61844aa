using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Contracts.Json;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Schemas;

/// <summary>Registers a JSON Schema, or its next version.</summary>
public sealed record CreateSchemaRequest : IOperationRequest
{
    /// <summary>The most characters of a description; the least is 1.</summary>
    public const int MaxDescriptionLength = 1024;

    /// <summary>
    /// The name: 1 to 128 of A-Z a-z 0-9 . _ -, not only dots, and it must not begin like an id (str_, key_, …).
    /// Versions are counted by it, from 1: those of a public name by the workspace, those of a private one by its
    /// maker.
    /// </summary>
    [NameForm]
    public required string Name { get; init; }

    /// <summary>
    /// What the schema is for, in 1 to 1024 characters by which others find it. Null: nothing is said.
    /// </summary>
    [StringLength(MaxDescriptionLength, MinimumLength = 1)]
    public string? Description { get; init; }

    /// <summary>
    /// The JSON Schema: an object, true or false. Its `$schema` says whether it is of draft 7 or of 2020-12, which it
    /// is without one. It is kept exactly as it is sent. A definition that cannot be used is a 422 `schema.invalid`.
    /// </summary>
    [JsonConverter(typeof(ExactJsonConverter))]
    public required JsonElement Definition { get; init; }

    /// <summary>
    /// `public`: everybody in the workspace sees it. `private`: only its maker and admins do. Null: public.
    /// </summary>
    [AllowedValues("public", "private")]
    public string? Visibility { get; init; }

    /// <summary>
    /// What can be bound to it: things of one type, or with `both` things of any type that can be bound to schemas.
    /// Null: both.
    /// </summary>
    [DeclaredValues(DeclaredValues.SchemaTargets)]
    public string? TargetType { get; init; }

    /// <summary>
    /// `backward`: whatever fits the newest version must fit this one, or it is a 409 `schema.incompatible`. `none`:
    /// nothing is compared. Null: backward.
    /// </summary>
    [AllowedValues("backward", "none")]
    public string? Compatibility { get; init; }
}
