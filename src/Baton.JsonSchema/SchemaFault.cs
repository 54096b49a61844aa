namespace Baton.JsonSchema;

/// <summary>Why a definition is no schema. Pointer (RFC 6901): the place in the definition.</summary>
public sealed record SchemaFault(string Pointer, string Message);
