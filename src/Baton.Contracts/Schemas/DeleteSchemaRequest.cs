using Baton.Contracts.Requests;

namespace Baton.Contracts.Schemas;

/// <summary>Deletes a version of a schema that nothing uses.</summary>
public sealed record DeleteSchemaRequest : IOperationRequest
{
    /// <summary>The id of a version, `sch_…`.</summary>
    [InPath]
    [SchemaIdForm]
    public required string SchemaId { get; init; }
}
