using System.Reflection;
using System.Text.Json;
using Baton.Contracts.Requests;

namespace Baton.Server.Platform.Basics.Requests;

/// <summary>The member that HTTP's body itself is. Immutable.</summary>
internal abstract class RawBody(PropertyInfo declared)
{
    readonly string _pointer = "/" + JsonNamingPolicy.SnakeCaseLower.ConvertName(declared.Name);
    readonly InBodyAttribute _declared = declared.GetCustomAttribute<InBodyAttribute>()!;

    /// <summary>What the body must be said to be; null: anything.</summary>
    public string? ContentType => _declared.ContentType;

    /// <summary>What it is made of; null: nothing that is described by a type.</summary>
    public Type? ItemType => _declared.ItemType;

    /// <summary>The most items that an array in it may have in place of one; 0: no array is taken.</summary>
    public int MaxItems => _declared.MaxItems;

    /// <summary>Where in it a pointer into the request points, if it points into it.</summary>
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
