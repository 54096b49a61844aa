namespace Baton.Contracts.Json;

/// <summary>
/// Says that a text has one of the values that the features of the server declare. The OpenAPI document lists them.
/// </summary>
/// <param name="values">Which set of values.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DeclaredValuesAttribute(DeclaredValues values) : Attribute
{
    /// <summary>Which set of values.</summary>
    public DeclaredValues Values => values;
}
