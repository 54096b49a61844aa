using System.Reflection;

namespace Baton.Server.Platform.Basics.Requests.Members;

/// <summary>A member that is a text, or absent.</summary>
internal sealed class TextMember<TRequest>(PropertyInfo declared) : RequestMember<TRequest, string?>(declared)
    where TRequest : class
{
    public override string? SetText(object request, string text)
    {
        Set(request, text);
        return null;
    }

    public override string? Check(object request) => Get(request) is { } text ? Bounds.Check(text) : null;
}
