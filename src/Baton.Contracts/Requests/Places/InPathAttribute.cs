namespace Baton.Contracts.Requests;

/// <summary>Over HTTP this member stands in the path.</summary>
/// <param name="name">What the path calls the member. Null: what JSON calls it.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InPathAttribute(string? name = null) : Attribute
{
    /// <summary>What the path calls the member. Null: what JSON calls it.</summary>
    public string? Name => name;
}
