namespace Baton.Contracts.Schemas;

/// <summary>What a reference means; fixed when the schema was registered.</summary>
/// <param name="Uri">As the definition refers to it, without fragment, such as `baton:schema/address`.</param>
/// <param name="SchemaId">The version that it means.</param>
public sealed record SchemaReference(string Uri, string SchemaId);
