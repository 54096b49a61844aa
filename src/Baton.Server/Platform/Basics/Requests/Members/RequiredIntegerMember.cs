using System.Globalization;
using System.Reflection;

namespace Baton.Server.Platform.Basics.Requests.Members;

/// <summary>A member that is a whole number and never absent.</summary>
internal sealed class RequiredIntegerMember<TRequest>(PropertyInfo declared) : RequestMember<TRequest, long>(declared)
    where TRequest : class
{
    public override string HttpType => "integer";

    public override string? SetText(object request, string text)
    {
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return Bounds.NoNumber(text);
        Set(request, number);
        return null;
    }

    public override string? Check(object request) => Bounds.Check(Get(request));
}
