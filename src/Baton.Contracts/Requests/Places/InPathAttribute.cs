namespace Baton.Contracts.Requests;

/// <summary>HTTP carries this member in the path.</summary>
/// <param name="name">What the path calls it; null: as JSON does.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InPathAttribute(string? name = null) : Attribute
{
    /// <summary>What the path calls it; null: as JSON does.</summary>
    public string? Name => name;
}
