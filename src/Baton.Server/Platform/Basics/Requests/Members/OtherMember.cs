using System.Reflection;

namespace Baton.Server.Platform.Basics.Requests.Members;

/// <summary>A member whose bounds attributes cannot say: bytes, maps, lists of JSON. The operation checks it.</summary>
internal sealed class OtherMember<TRequest, TValue>(PropertyInfo declared) : RequestMember<TRequest, TValue>(declared)
    where TRequest : class;
