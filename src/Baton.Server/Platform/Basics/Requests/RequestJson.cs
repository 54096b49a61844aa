using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Baton.Contracts.Json;
using Baton.Contracts.Requests;

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
    public static JsonSerializerOptions Body { get; } = With(KeepBody);

    /// <summary>For all members of the request, and the operation's name.</summary>
    public static JsonSerializerOptions Whole { get; } = With(AddName);

    static JsonSerializerOptions With(Action<JsonTypeInfo> change)
    {
        var options = new JsonSerializerOptions(BatonJson.Options)
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine(new Resolver(change), BatonJsonContext.Default),
        };
        options.MakeReadOnly();
        return options;
    }

    static void KeepBody(JsonTypeInfo type)
    {
        for (var index = type.Properties.Count - 1; index >= 0; index--)
        {
            if (!IsInBody(type.Properties[index])) type.Properties.RemoveAt(index);
        }
    }

    static bool IsInBody(JsonPropertyInfo property) => property.AttributeProvider is { } declared
        && !Array.Exists(
            (Type[])
            [
                typeof(InPathAttribute), typeof(InQueryAttribute), typeof(InHeaderAttribute),
                typeof(InConditionsAttribute), typeof(NotInHttpAttribute),
            ],
            place => declared.IsDefined(place, inherit: true));

    /// <summary>
    /// Gives what serializers must know of requests, and of nothing else. It is made at run time, because from what is
    /// generated no member can be removed that is set only when the request is made.
    /// </summary>
    sealed class Resolver(Action<JsonTypeInfo> change) : IJsonTypeInfoResolver
    {
        readonly DefaultJsonTypeInfoResolver _types = new();

        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options)
        {
            if (!type.IsAssignableTo(typeof(IRequest))) return null;
            var info = _types.GetTypeInfo(type, options);
            change(info);
            return info;
        }
    }

    static void AddName(JsonTypeInfo type)
    {
        var name = type.CreateJsonPropertyInfo(typeof(string), NameMember);
        name.Set = static (_, _) => { };
        name.IsRequired = true;
        type.Properties.Insert(0, name);
    }
}
