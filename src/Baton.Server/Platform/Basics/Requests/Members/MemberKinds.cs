using System.Reflection;
using System.Text.Json;
using Baton.Contracts.Identity;
using Baton.Contracts.Store;

namespace Baton.Server.Platform.Basics.Requests.Members;

/// <summary>
/// The types that a member of a request can have, and how each is read and checked. They stand here by name, because a
/// server that is compiled ahead of time makes no types of others at run time.
/// </summary>
internal static class MemberKinds<TRequest>
    where TRequest : class
{
    static readonly Dictionary<Type, Func<PropertyInfo, RequestMember>> s_known = new()
    {
        [typeof(string)] = declared => new TextMember<TRequest>(declared),
        [typeof(long)] = declared => new RequiredIntegerMember<TRequest>(declared),
        [typeof(long?)] = declared => new IntegerMember<TRequest>(declared),
        [typeof(bool?)] = declared => new BooleanMember<TRequest>(declared),
        [typeof(JsonElement?)] = declared => new JsonMember<TRequest>(declared),
        [typeof(IReadOnlyList<string>)] = declared => new TextsMember<TRequest>(declared),
        [typeof(IReadOnlyDictionary<string, string>)] = declared => new NamedTextsMember<TRequest>(declared),
        [typeof(RateLimit)] = declared => new RecordMember<TRequest, RateLimit>(declared),
        [typeof(ClaimCounter)] = declared => new RecordMember<TRequest, ClaimCounter>(declared),
        [typeof(bool)] = Other<bool>,
        [typeof(byte[])] = Other<byte[]>,
        [typeof(JsonElement)] = Other<JsonElement>,
        [typeof(IReadOnlyList<JsonElement>)] = Other<IReadOnlyList<JsonElement>>,
        [typeof(IReadOnlyDictionary<string, JsonElement>)] = Other<IReadOnlyDictionary<string, JsonElement>>,
    };

    public static RequestMember Of(PropertyInfo declared) =>
        s_known.TryGetValue(declared.PropertyType, out var make)
            ? make(declared)
            : throw new InvalidOperationException(
                $"{typeof(TRequest).Name}.{declared.Name} is a {declared.PropertyType}. A request has no member of "
                + $"such a type yet: say in {nameof(MemberKinds<>)} how it is read and checked.");

    static OtherMember<TRequest, TValue> Other<TValue>(PropertyInfo declared) => new(declared);
}
