using System.Reflection;

namespace Baton.Server.Platform.Basics.Requests;

/// <summary>What has no bounds that can be declared: JSON, bytes, maps.</summary>
internal sealed class OtherMember<TRequest, TValue>(PropertyInfo declared) : RequestMember<TRequest, TValue>(declared)
    where TRequest : class;
