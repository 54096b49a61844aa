namespace Baton.Contracts.Json;

/// <summary>Values that the features of the server declare.</summary>
public enum DeclaredValues
{
    /// <summary>The types of things that can be discovered.</summary>
    DiscoverableTypes,

    /// <summary>What a schema can be for: the types of things that are bound to schemas, and `both`.</summary>
    SchemaTargets,
}
