using System.Text.Json;
using Baton.Contracts.Schemas;
using Baton.Server.Platform.Basics.Time;

namespace Baton.Server.Features.Schemas.Registry;

/// <summary>Makes wire records of rows of schemas.</summary>
internal static class SchemaInfos
{
    /// <summary>
    /// Bytes that a version has on the wire besides its definition, at most: a description of controls, six bytes each.
    /// </summary>
    public const int BytesPerInfo = 7_000;

    public const string Public = "public";
    public const string Private = "private";

    public static SchemaInfo ToInfo(this SchemaRow row) => new()
    {
        SchemaId = row.SchemaId,
        Name = row.Name,
        Version = row.Version,
        Description = row.Description,
        Visibility = VisibilityOf(row),
        TargetType = row.TargetType,
        Compatibility = row.Compatibility,
        Size = row.Size,
        CreatedAt = Micros.ToTime(row.CreatedAt),
        CreatedBy = row.CreatedBy,
        Seq = row.CreatedSeq,
    };

    public static Schema ToSchema(this SchemaRow row, SchemaDefinitionRow definition) => new()
    {
        SchemaId = row.SchemaId,
        Name = row.Name,
        Version = row.Version,
        Description = row.Description,
        Visibility = VisibilityOf(row),
        TargetType = row.TargetType,
        Compatibility = row.Compatibility,
        Size = row.Size,
        CreatedAt = Micros.ToTime(row.CreatedAt),
        CreatedBy = row.CreatedBy,
        Seq = row.CreatedSeq,
        Definition = JsonElement.Parse(definition.Definition),
        References = [.. SchemaPins.Parse(definition.Pins).Select(pin => new SchemaReference(pin.Key, pin.Value))],
        Salt = Convert.ToHexStringLower(definition.Salt),
    };

    static string VisibilityOf(SchemaRow row) => row.Owner.Length == 0 ? Public : Private;
}
