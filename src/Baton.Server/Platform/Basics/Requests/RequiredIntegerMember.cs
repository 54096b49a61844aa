using System.Reflection;

namespace Baton.Server.Platform.Basics.Requests;

/// <summary>A number that is always there.</summary>
internal sealed class RequiredIntegerMember<TRequest>(PropertyInfo declared) : RequestMember<TRequest, long>(declared)
    where TRequest : class
{
    public override string? Check(object request) => Bounds.Check(Get(request));
}
