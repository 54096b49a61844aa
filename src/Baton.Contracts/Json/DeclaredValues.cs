namespace Baton.Contracts.Json;

/// <summary>Sets of values that are not fixed here, because the features of the server declare them.</summary>
public enum DeclaredValues
{
    /// <summary>The types of the things that discovery can show.</summary>
    DiscoverableTypes,

    /// <summary>What a schema can be for: the types of the things that can be bound to schemas, and `both`.</summary>
    SchemaTargets,
}
