using System.Reflection;
using System.Text.Json;
using Baton.Contracts.Requests;

namespace Baton.Server.Platform.Basics.Requests;

/// <summary>The member of a request that is HTTP's body itself. Immutable.</summary>
internal abstract class RawBody(PropertyInfo declared)
{
    readonly string _pointer = "/" + JsonNamingPolicy.SnakeCaseLower.ConvertName(declared.Name);
    readonly InBodyAttribute _declared = declared.GetCustomAttribute<InBodyAttribute>()!;

    /// <summary>The content type that a body must have to be this member. Null: any.</summary>
    public string? ContentType => _declared.ContentType;

    /// <summary>The record that describes what the body is made of. Null: no record does.</summary>
    public Type? ItemType => _declared.ItemType;

    /// <summary>
    /// The most items of an array of such records, which the body may be in place of one. 0: it may be no array.
    /// </summary>
    public int MaxItems => _declared.MaxItems;

    /// <summary>
    /// Makes a JSON pointer into the body of one that points into this member of the request. Other pointers stay as
    /// they are.
    /// </summary>
    public string PlaceOf(string pointer) =>
        pointer.StartsWith(_pointer, StringComparison.Ordinal)
        && (pointer.Length == _pointer.Length || pointer[_pointer.Length] == '/')
            ? pointer[_pointer.Length..]
            : pointer;

    public abstract void Set(object request, byte[] bytes);
}

/// <inheritdoc/>
internal sealed class RawBody<TRequest>(PropertyInfo declared) : RawBody(declared)
    where TRequest : class
{
    readonly Action<TRequest, byte[]> _set = declared.SetMethod!.CreateDelegate<Action<TRequest, byte[]>>();

    public override void Set(object request, byte[] bytes) => _set((TRequest)request, bytes);
}
