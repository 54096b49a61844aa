namespace Baton.Contracts.Requests;

/// <summary>
/// HTTP's body itself is this member, byte for byte. In JSON other members stand for it, which are marked
/// <see cref="NotInHttpAttribute"/>; what is left of the JSON members makes another body that is taken.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InBodyAttribute : Attribute
{
    /// <summary>What the body must be said to be; null: anything.</summary>
    public string? ContentType { get; init; }

    /// <summary>What the body is made of; null: nothing that is described by a type.</summary>
    public Type? ItemType { get; init; }

    /// <summary>The most items that an array in the body may have in place of one; 0: no array is taken.</summary>
    public int MaxItems { get; init; }
}
