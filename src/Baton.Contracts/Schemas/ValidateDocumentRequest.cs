using System.Text.Json.Serialization;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Schemas;

/// <summary>Tells whether a document fits a schema.</summary>
public sealed record ValidateDocumentRequest : SchemaReadRequest
{
    /// <summary>The document: any bytes, because what is no JSON does not fit.</summary>
    [InBody]
    [JsonIgnore]
    public byte[]? Document { get; init; }
}
