using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Baton.Contracts.Json;
using Baton.Contracts.Requests;
using Baton.Server.Platform.Basics.Requests.Members;

namespace Baton.Server.Platform.Basics.Requests;

/// <summary>
/// The options by which requests are read from JSON: the whole of a request, beside the name of its operation, or the
/// part of it that HTTP carries in its body.
/// </summary>
internal static class RequestJson
{
    /// <summary>The member that names the operation in a transaction. It does not belong to the request.</summary>
    public const string NameMember = "op";

    /// <summary>For the members that HTTP carries in its body, and no others.</summary>
    public static JsonSerializerOptions Body { get; } = With(static (shape, options) =>
        [.. OwnFirst(shape).Where(member => member.Place == RequestPlace.Body).Select(one => one.ToJson(options))]);

    /// <summary>For all members of the request, and the operation's name.</summary>
    public static JsonSerializerOptions Whole { get; } = With(static (shape, options) =>
        [NameOf(shape, options), .. OwnFirst(shape).Select(member => member.ToJson(options))]);

    static JsonSerializerOptions With(Func<RequestShape, JsonSerializerOptions, JsonPropertyInfo[]> membersOf)
    {
        var options = new JsonSerializerOptions(BatonJson.Options)
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine(new Resolver(membersOf), BatonJsonContext.Default),
        };
        options.MakeReadOnly();
        return options;
    }

    /// <summary>In the order of JSON, unless they say another: those of a record before those of its base.</summary>
    static IEnumerable<RequestMember> OwnFirst(RequestShape shape) =>
        shape.Members.GroupBy(member => member.Declared.DeclaringType).Reverse().SelectMany(level => level);

    static JsonPropertyInfo NameOf(RequestShape shape, JsonSerializerOptions options)
    {
        var name = JsonMetadataServices.CreatePropertyInfo(options, new JsonPropertyInfoValues<string>
        {
            DeclaringType = shape.Type,
            PropertyName = NameMember,
            JsonPropertyName = NameMember,
            IsProperty = true,
            IsPublic = true,
            Setter = static (_, _) => { },
        });
        name.IsRequired = true;
        name.IsSetNullable = false;
        return name;
    }

    /// <summary>
    /// Gives what serializers must know of requests, and of nothing else. It is made of what the request declares,
    /// because from what is generated no member can be removed that is set only when the request is made.
    /// </summary>
    sealed class Resolver(Func<RequestShape, JsonSerializerOptions, JsonPropertyInfo[]> membersOf)
        : IJsonTypeInfoResolver
    {
        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) =>
            type.IsAssignableTo(typeof(IRequest)) && RequestShape.Find(type) is { } shape
                ? shape.ToJson(options, membersOf(shape, options))
                : null;
    }
}
