using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baton.Contracts.Json;
using Baton.Contracts.Requests;
using Baton.Server.Platform.Basics.Inputs;

namespace Baton.Server.Platform.Basics.Requests;

/// <summary>
/// What a request record declares: its members, where HTTP carries each of them, and their bounds. It is made once for
/// each record, by reflection; nothing of that is done for a request. Immutable.
/// </summary>
internal sealed class RequestShape
{
    readonly Func<object> _make;
    readonly RequestMember[] _checked;
    readonly RequestMember[] _checkedInBody;

    RequestShape(Type type, Func<object> make, IReadOnlyList<RequestMember> members, RawBody? rawBody)
    {
        (Type, Members, RawBody, _make) = (type, members, rawBody, make);
        Outside = [.. members.Where(member => member.IsOutside)];
        HasJsonBody = members.Any(member => member.Place == RequestPlace.Body);
        _checked = [.. members.Where(IsChecked)];
        _checkedInBody = [.. _checked.Where(member => member.Place == RequestPlace.Body)];
    }

    public Type Type { get; }

    /// <summary>The members in the order in which they are declared, those of a base record first.</summary>
    public IReadOnlyList<RequestMember> Members { get; }

    /// <summary>The members that HTTP carries in the path, the query and headers.</summary>
    public IReadOnlyList<RequestMember> Outside { get; }

    /// <summary>The member that is HTTP's body itself. Null: no member is.</summary>
    public RawBody? RawBody { get; }

    /// <summary>Whether HTTP's body can be a JSON object of members.</summary>
    public bool HasJsonBody { get; }

    public static RequestShape Of<T>()
        where T : class => Made<T>.Shape;

    /// <summary>The same shape, with the values of members that have a <see cref="DeclaredValuesAttribute"/>.</summary>
    public RequestShape Declare(DeclaredValues values, IReadOnlyList<string> allowed) => new(
        Type, _make,
        [
            .. Members.Select(member =>
                member.Declared.GetCustomAttribute<DeclaredValuesAttribute>()?.Values == values
                    ? member.With(allowed)
                    : member),
        ],
        RawBody);

    /// <summary>The same shape, with a member for each of the texts by name that a member stands for.</summary>
    /// <param name="property">The property of the member that stands for them.</param>
    /// <param name="texts">The names, each with a sentence that says what the text is.</param>
    public RequestShape Declare(string property, IEnumerable<(string Name, string Sentence)> texts) => new(
        Type, _make,
        [
            .. Members.SelectMany(member => member.Declared.Name == property
                ? texts.Select(text => member.Named(text.Name, text.Sentence))
                : [member]),
        ],
        RawBody);

    /// <summary>Makes an empty request, which is then filled member by member.</summary>
    public object New() => _make();

    /// <summary>Adds every member that is out of its bounds. Places are JSON pointers into the request.</summary>
    public void Check(object request, InputErrors errors)
    {
        foreach (var member in _checked) member.Check(request, errors);
    }

    /// <summary>As <see cref="Check"/>, but only for the members of HTTP's body.</summary>
    public void CheckBody(object request, InputErrors errors)
    {
        foreach (var member in _checkedInBody) member.Check(request, errors);
    }

    /// <summary>
    /// The member with which a JSON pointer into the request begins. Null: the pointer means the whole request, or no
    /// member.
    /// </summary>
    public RequestMember? MemberAt(string pointer)
    {
        foreach (var member in Members)
        {
            var end = member.Name.Length + 1;
            if (pointer.Length >= end && pointer.AsSpan(1, end - 1).SequenceEqual(member.Name)
                && (pointer.Length == end || pointer[end] == '/'))
                return member;
        }

        return null;
    }

    static bool IsChecked(RequestMember member) =>
        member.Bounds.IsAny || member.GetType().GetGenericTypeDefinition() is var kind
        && (kind == typeof(TextsMember<>) || kind == typeof(RecordMember<,>));

    static RequestMember MemberOf<T>(PropertyInfo declared)
        where T : class
    {
        var type = declared.PropertyType;
        if (type == typeof(string)) return new TextMember<T>(declared);
        if (type == typeof(long?)) return new IntegerMember<T>(declared);
        if (type == typeof(long)) return new RequiredIntegerMember<T>(declared);
        if (type == typeof(bool?)) return new BooleanMember<T>(declared);
        if (type == typeof(JsonElement?)) return new JsonMember<T>(declared);
        if (type == typeof(IReadOnlyList<string>)) return new TextsMember<T>(declared);
        if (type == typeof(IReadOnlyDictionary<string, string>)) return new NamedTextsMember<T>(declared);
        var isRecord = type.IsClass && type.Assembly == typeof(IRequest).Assembly;
        return (RequestMember)Activator.CreateInstance(
            (isRecord ? typeof(RecordMember<,>) : typeof(OtherMember<,>)).MakeGenericType(typeof(T), type), declared)!;
    }

    /// <summary>Base records first, as their members stand first in JSON.</summary>
    static IEnumerable<PropertyInfo> Declared(Type type)
    {
        for (var level = type; level != typeof(object); level = level.BaseType!)
        {
            foreach (var property in level.GetProperties(
                BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
                yield return property;
        }
    }

    static bool IsMember(PropertyInfo property) =>
        property.SetMethod is not null && !property.IsDefined(typeof(JsonIgnoreAttribute));

    static class Made<T>
        where T : class
    {
        public static readonly RequestShape Shape = new(
            typeof(T), static () => Activator.CreateInstance<T>(),
            [
                .. Declared(typeof(T)).Where(IsMember).GroupBy(property => property.DeclaringType!).Reverse()
                    .SelectMany(level => level).Select(MemberOf<T>),
            ],
            Declared(typeof(T)).SingleOrDefault(property => property.IsDefined(typeof(InBodyAttribute))) is { } body
                ? new RawBody<T>(body)
                : null);
    }
}
