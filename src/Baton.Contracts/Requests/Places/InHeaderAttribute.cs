namespace Baton.Contracts.Requests;

/// <summary>HTTP carries this member in a header; a list is separated by commas there.</summary>
/// <param name="name">The header.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InHeaderAttribute(string name) : Attribute
{
    /// <summary>The header.</summary>
    public string Name => name;
}
