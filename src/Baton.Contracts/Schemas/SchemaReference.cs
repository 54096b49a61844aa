namespace Baton.Contracts.Schemas;

/// <summary>Which version a reference of a definition means. It was fixed when the definition was registered.</summary>
/// <param name="Uri">
/// The reference as the definition has it, without its fragment, such as `baton:schema/address`.
/// </param>
/// <param name="SchemaId">The id of the version that it means, `sch_…`.</param>
public sealed record SchemaReference(string Uri, string SchemaId);
