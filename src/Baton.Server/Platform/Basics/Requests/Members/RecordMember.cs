using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Baton.Server.Platform.Basics.Inputs;

namespace Baton.Server.Platform.Basics.Requests.Members;

/// <summary>A member that is a record with members of its own, which are checked as those of a request.</summary>
internal sealed class RecordMember<
    TRequest, [DynamicallyAccessedMembers(RequestShape.Reflected)] TValue>(PropertyInfo declared)
    : RequestMember<TRequest, TValue?>(declared)
    where TRequest : class
    where TValue : class
{
    public override void Check(object request, InputErrors errors)
    {
        if (Get(request) is not { } value) return;
        var own = new InputErrors();
        RequestShape.Of<TValue>().Check(value, own);
        if (own.Any) errors.AddAll(own.ToFailure(), place => $"/{Name}{place}");
    }
}
