using Baton.Contracts.Requests;

namespace Baton.Contracts.Schemas;

/// <summary>Deletes a version of a schema that nothing uses. One that is used is a 409 `schema.in_use`.</summary>
public sealed record DeleteSchemaRequest : IOperationRequest
{
    /// <summary>
    /// The id of the version, `sch_…`. One that does not exist, or is private to another, is a 404 `schema.not_found`.
    /// </summary>
    [InPath]
    [SchemaIdForm]
    public required string SchemaId { get; init; }
}
