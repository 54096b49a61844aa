using Baton.Contracts.Requests;

namespace Baton.Contracts.Schemas;

/// <summary>What reads of one schema have in common.</summary>
public abstract record SchemaReadRequest : IReadRequest
{
    /// <summary>The id of a version, `sch_…`, or a name, which means its newest version.</summary>
    [InPath]
    [SchemaIdOrNameForm]
    public required string SchemaId { get; init; }
}
