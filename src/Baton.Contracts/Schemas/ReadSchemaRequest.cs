using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Baton.Contracts.Requests;

namespace Baton.Contracts.Schemas;

/// <summary>Reads a schema by its id, or the newest by its name.</summary>
public sealed record ReadSchemaRequest : SchemaReadRequest
{
    /// <summary>With `wait`: what is waited for is a version after this one.</summary>
    [InQuery]
    [AtLeast(0)]
    public long? AfterVersion { get; init; }

    /// <summary>
    /// Seconds, from 0 to 60, for which an answer that would be empty or absent is held until there is one.
    /// </summary>
    [InQuery]
    [Range(0, RequestLimits.MaxWaitSeconds)]
    [DefaultValue(0)]
    public long? Wait { get; init; }
}
