using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Baton.Contracts.Json;
using Baton.Contracts.Requests;
using Baton.Server.Platform.Basics.Inputs;
using Baton.Server.Platform.Basics.Requests.Members;

namespace Baton.Server.Platform.Basics.Requests;

/// <summary>
/// What a request record declares: its members, where HTTP carries each of them, and their bounds. It is made once for
/// each record, by reflection; nothing of that is done for a request. Immutable.
/// </summary>
internal sealed class RequestShape
{
    /// <summary>What is asked of a request record at run time. Native AOT and trimming keep it.</summary>
    public const DynamicallyAccessedMemberTypes Reflected =
        DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor;

    static readonly ConcurrentDictionary<Type, RequestShape> s_made = [];

    readonly Func<object> _make;
    readonly Func<JsonSerializerOptions, JsonPropertyInfo[], JsonTypeInfo> _describe;
    readonly RequestMember[] _checked;
    readonly RequestMember[] _checkedInBody;

    RequestShape(
        Type type, Func<object> make, Func<JsonSerializerOptions, JsonPropertyInfo[], JsonTypeInfo> describe,
        IReadOnlyList<RequestMember> members, RawBody? rawBody)
    {
        (Type, Members, RawBody, _make, _describe) = (type, members, rawBody, make, describe);
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

    public static RequestShape Of<[DynamicallyAccessedMembers(Reflected)] T>()
        where T : class => Made<T>.Shape;

    /// <summary>The shape of a request that somebody has asked for by its type before. Null: nobody has.</summary>
    public static RequestShape? Find(Type type) => s_made.GetValueOrDefault(type);

    /// <summary>The same shape, with the values of members that have a <see cref="DeclaredValuesAttribute"/>.</summary>
    public RequestShape Declare(DeclaredValues values, IReadOnlyList<string> allowed) => new(
        Type, _make, _describe,
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
        Type, _make, _describe,
        [
            .. Members.SelectMany(member => member.Declared.Name == property
                ? texts.Select(text => member.Named(text.Name, text.Sentence))
                : [member]),
        ],
        RawBody);

    /// <summary>Makes an empty request, which is then filled member by member.</summary>
    public object New() => _make();

    /// <summary>What serializers must know of the request, when they know these of its members.</summary>
    public JsonTypeInfo ToJson(JsonSerializerOptions options, JsonPropertyInfo[] members) =>
        _describe(options, members);

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

    static bool IsMember(PropertyInfo property) =>
        property.SetMethod is not null && !property.IsDefined(typeof(JsonIgnoreAttribute));

    static class Made<[DynamicallyAccessedMembers(Reflected)] T>
        where T : class
    {
        public static readonly RequestShape Shape = Make();

        static RequestShape Make()
        {
            var declared = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance);
            var body = declared.SingleOrDefault(property => property.IsDefined(typeof(InBodyAttribute)));
            // Those of a base record first.
            var members = declared.Where(IsMember).GroupBy(property => property.DeclaringType!).Reverse()
                .SelectMany(level => level).Select(MemberKinds<T>.Of);
            return s_made.GetOrAdd(typeof(T), new RequestShape(
                typeof(T), Activator.CreateInstance<T>, Describe, [.. members],
                body is null ? null : new RawBody<T>(body)));
        }

        static JsonTypeInfo<T> Describe(JsonSerializerOptions options, JsonPropertyInfo[] members) =>
            JsonMetadataServices.CreateObjectInfo(options, new JsonObjectInfoValues<T>
            {
                ObjectCreator = Activator.CreateInstance<T>,
                PropertyMetadataInitializer = _ => members,
            });
    }
}
