namespace Baton.Contracts.Requests;

/// <summary>
/// Over HTTP the body itself is this member, byte for byte. In JSON other members stand for it, which are marked <see
/// cref="NotInHttpAttribute"/>. If the request has further JSON members, a body that is a JSON object of them is taken
/// as well.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InBodyAttribute : Attribute
{
    /// <summary>
    /// The content type that a body must have to be this member. Null: any, and the request has no further JSON members
    /// over HTTP.
    /// </summary>
    public string? ContentType { get; init; }

    /// <summary>The record that describes what the body is made of. Null: no record does.</summary>
    public Type? ItemType { get; init; }

    /// <summary>
    /// The most items of an array of such records, which the body may be in place of one. 0: it may be no array.
    /// </summary>
    public int MaxItems { get; init; }
}
