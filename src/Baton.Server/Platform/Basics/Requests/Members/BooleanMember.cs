using System.Reflection;
using Baton.Server.Platform.Basics.Inputs;

namespace Baton.Server.Platform.Basics.Requests.Members;

/// <summary>A member that is true, false or absent.</summary>
internal sealed class BooleanMember<TRequest>(PropertyInfo declared) : RequestMember<TRequest, bool?>(declared)
    where TRequest : class
{
    public override string HttpType => "boolean";

    public override string? SetText(object request, string text)
    {
        if (text is not ("true" or "false"))
            return $"is \"{InputText.Shorten(text)}\", but must be true or false.";
        Set(request, text == "true");
        return null;
    }
}
