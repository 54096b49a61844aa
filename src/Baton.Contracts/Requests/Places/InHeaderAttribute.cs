namespace Baton.Contracts.Requests;

/// <summary>Over HTTP this member stands in a header. The items of a list are separated by commas there.</summary>
/// <param name="name">The name of the header.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InHeaderAttribute(string name) : Attribute
{
    /// <summary>The name of the header.</summary>
    public string Name => name;
}
