using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Baton.Contracts.Requests;
using Baton.Server.Platform.Basics.Inputs;

namespace Baton.Server.Platform.Basics.Requests.Members;

/// <summary>One member of a request: what is declared of it, how it is set, and how it is checked. Immutable.</summary>
internal abstract class RequestMember
{
    protected RequestMember(PropertyInfo declared)
    {
        Declared = declared;
        Name = JsonNamingPolicy.SnakeCaseLower.ConvertName(declared.Name);
        Bounds = RequestBounds.Of(declared);
        (Place, HttpName) = PlaceOf(declared, Name);
    }

    /// <summary>The property, with its attributes and its docstring.</summary>
    public PropertyInfo Declared { get; }

    /// <summary>The name of the member in JSON.</summary>
    public string Name { get; protected init; }

    public RequestPlace Place { get; }

    /// <summary>The name of the member in a path, a query or a header.</summary>
    public string HttpName { get; protected init; }

    public RequestBounds Bounds { get; private set; }

    /// <summary>What the member is, where a feature says it. Null: its docstring says it.</summary>
    public string? Sentence { get; protected init; }

    /// <summary>Whether HTTP carries the member in the path, the query or a header.</summary>
    public bool IsOutside => Place <= RequestPlace.Header;

    /// <summary>The type of the member as a parameter of OpenAPI: `string`, `integer` or `boolean`.</summary>
    public virtual string HttpType => "string";

    /// <summary>The same member, which must have one of these values.</summary>
    public RequestMember With(IReadOnlyList<string> allowed)
    {
        var member = (RequestMember)MemberwiseClone();
        member.Bounds = Bounds with { Allowed = allowed };
        return member;
    }

    /// <summary>One of the texts that the member has by name, as a member of its own.</summary>
    public virtual RequestMember Named(string name, string sentence) =>
        throw new InvalidOperationException($"{Declared.DeclaringType}.{Declared.Name} has no texts by name.");

    /// <summary>Sets the member from a text, as it stands in a path, a query or a header.</summary>
    /// <returns>
    /// What is wrong with the text, as a sentence that goes on after the member's name. Null: nothing is.
    /// </returns>
    public abstract string? SetText(object request, string text);

    /// <summary>Gives the member of one request the value that it has in another.</summary>
    public abstract void Copy(object from, object to);

    /// <summary>
    /// Adds what is out of the bounds of the member. Places are JSON pointers into the request.
    /// </summary>
    public abstract void Check(object request, InputErrors errors);

    /// <summary>
    /// What is wrong with the value of the member, as a sentence that goes on after its name. Null: nothing is.
    /// </summary>
    public abstract string? Check(object request);

    /// <summary>What serializers must know of the member.</summary>
    public abstract JsonPropertyInfo ToJson(JsonSerializerOptions options);

    static (RequestPlace Place, string HttpName) PlaceOf(PropertyInfo declared, string name)
    {
        if (declared.GetCustomAttribute<InPathAttribute>() is { } path) return (RequestPlace.Path, path.Name ?? name);
        if (declared.GetCustomAttribute<InHeaderAttribute>() is { } header) return (RequestPlace.Header, header.Name);
        if (declared.IsDefined(typeof(InQueryAttribute))) return (RequestPlace.Query, name);
        if (declared.IsDefined(typeof(InConditionsAttribute))) return (RequestPlace.Conditions, name);
        return (declared.IsDefined(typeof(NotInHttpAttribute)) ? RequestPlace.JsonOnly : RequestPlace.Body, name);
    }
}

/// <inheritdoc/>
/// <remarks>
/// The getter and the setter of the property are bound once. So a request costs no reflection, and numbers are not
/// boxed.
/// </remarks>
internal abstract class RequestMember<TRequest, TValue> : RequestMember
    where TRequest : class
{
    readonly Func<TRequest, TValue> _get;
    readonly Action<TRequest, TValue> _set;

    protected RequestMember(PropertyInfo declared)
        : base(declared)
    {
        _get = declared.GetMethod!.CreateDelegate<Func<TRequest, TValue>>();
        _set = declared.SetMethod!.CreateDelegate<Action<TRequest, TValue>>();
    }

    public TValue Get(object request) => _get((TRequest)request);

    public void Set(object request, TValue value) => _set((TRequest)request, value);

    public override void Copy(object from, object to) => Set(to, Get(from));

    public override string? SetText(object request, string text) =>
        throw new InvalidOperationException($"{typeof(TRequest)}.{Declared.Name} cannot be made of text.");

    public override string? Check(object request) => null;

    public override JsonPropertyInfo ToJson(JsonSerializerOptions options)
    {
        var member = JsonMetadataServices.CreatePropertyInfo(options, new JsonPropertyInfoValues<TValue>
        {
            DeclaringType = typeof(TRequest),
            PropertyName = Declared.Name,
            JsonPropertyName = Name,
            IsProperty = true,
            IsPublic = true,
            Getter = Get,
            Setter = (request, value) => Set(request, value!),
            AttributeProviderFactory = () => Declared,
        });
        member.IsRequired = Bounds.IsRequired;
        if (new NullabilityInfoContext().Create(Declared).WriteState == NullabilityState.NotNull)
            (member.IsGetNullable, member.IsSetNullable) = (false, false);
        if (Declared.GetCustomAttribute<JsonPropertyOrderAttribute>() is { } order) member.Order = order.Order;
        if (Declared.GetCustomAttribute<JsonConverterAttribute>() is { ConverterType: { } converter })
            member.CustomConverter = (JsonConverter)Activator.CreateInstance(converter)!;
        return member;
    }

    public override void Check(object request, InputErrors errors)
    {
        if (Check(request) is { } wrong) errors.Add("/" + Name, $"`{Name}` {wrong}");
    }
}
