namespace Baton.Contracts.Json;

/// <summary>
/// The values that a text can have are not fixed: they come from the types of things that the features of the server
/// declare, and stand in its OpenAPI document.
/// </summary>
/// <param name="values">Which values.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DeclaredValuesAttribute(DeclaredValues values) : Attribute
{
    /// <summary>Which values.</summary>
    public DeclaredValues Values => values;
}
