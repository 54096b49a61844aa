using Baton.Contracts.Requests;

namespace Baton.Contracts.Schemas;

/// <summary>Lists the versions of a schema, newest first.</summary>
public sealed record ListSchemaVersionsRequest : PageRequest
{
    /// <summary>
    /// The schema's name: 1 to 128 of A-Z a-z 0-9 . _ -, not only dots, and not begin like an id (str_, key_, …).
    /// </summary>
    [InPath]
    [NameForm]
    public required string Name { get; init; }
}
